"""Which later changes the signature in each field allows (ISO 32000: DocMDP and FieldMDP)."""

from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm
from pyhanko.sign.signers.cms_embedder import SigMDPSetup

from investigator.report.signing.container import DIGEST
from investigator.report.signing.fields import PERSONS, SEAL

LIMITS = {
    PERSONS[0]: SigMDPSetup(DIGEST, certify=True, docmdp_perms=MDPPerm.FILL_FORMS),
    PERSONS[1]: SigMDPSetup(DIGEST),
    PERSONS[2]: SigMDPSetup(
        DIGEST, field_lock=FieldMDPSpec(FieldMDPAction.ALL), docmdp_perms=MDPPerm.NO_CHANGES
    ),
    SEAL: SigMDPSetup(DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES),
}
"""The first signature certifies the file; the approver's locks it; a seal does both at once."""

"""Four numbers at once, for the kernels whose rows are too short for the compiler to see it.

A row of a dozen numbers is handled one by one by the loops of compiled code; taken by fours, the
same arithmetic in the same order is about four times faster.

- Only loading, storing, the four operations and the fused product and sum, all of them exactly
  defined by IEEE 754: the same bits on every processor, for nothing is reordered.
- Rows are padded to a multiple of four; indices are not checked.
- Whoever changes this file removes the compiled kernels (`__pycache__/*.nb?`): the compiler looks
  at the file of a kernel only.
"""

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir  # type: ignore[import-untyped]
from numba import extending, types
from numba.core import cgutils
from numba.extending import models, register_model

LANES = 4
_VECTOR = ir.VectorType(ir.DoubleType(), LANES)
_NONE = ir.Constant(_VECTOR, ir.Undefined)

Four = Any
"""What a kernel holds in one vector register, for its signature."""

Signature = tuple[Any, Callable[..., Any]]
Maker = Callable[..., Signature]

# What a kernel calls differs from what makes it, and numba's own types do not say so.
intrinsic = cast(Callable[[Maker], Callable[..., Any]], extending.intrinsic)


class FourType(types.Type):
    """Numba's type of four float64."""

    def __init__(self) -> None:
        super().__init__(name="Four")


FOUR = FourType()


@register_model(FourType)
class FourModel(models.PrimitiveModel):
    """Held in one vector register."""

    def __init__(self, manager: Any, of: Any) -> None:
        super().__init__(manager, of, _VECTOR)  # type: ignore[no-untyped-call]


def padded(count: int) -> int:
    """The next multiple of four."""
    return -(-count // LANES) * LANES


def _address(context: Any, builder: Any, of: Any, array: Any, at: Any) -> Any:
    data = context.make_array(of)(context, builder, value=array).data
    return builder.bitcast(builder.gep(data, [at]), _VECTOR.as_pointer())


def _spread(builder: Any, number: Any) -> Any:
    lane = ir.IntType(32)
    first = builder.insert_element(_NONE, number, lane(0))
    order = ir.Constant(ir.VectorType(lane, LANES), [0] * LANES)
    return builder.shuffle_vector(first, _NONE, order)


@intrinsic
def load(_: Any, array: Any, _at: Any) -> Signature:
    """`array[at : at + 4]` of a contiguous one-dimensional array."""

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.load(_address(context, builder, signature.args[0], *given), align=8)

    return FOUR(array, types.intp), generate


@intrinsic
def store(_: Any, array: Any, _at: Any, four: Any) -> Signature:
    """`array[at : at + 4] = four` in a contiguous one-dimensional array."""

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        address = _address(context, builder, signature.args[0], *given[:2])
        builder.store(given[2], address, align=8)
        return context.get_dummy_value()

    return types.void(array, types.intp, four), generate


@intrinsic
def repeat(_: Any, array: Any, _at: Any) -> Signature:
    """`array[at]` four times, of a contiguous one-dimensional array."""

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, value=given[0]).data
        return _spread(builder, builder.load(builder.gep(data, [given[1]])))

    return FOUR(array, types.intp), generate


@intrinsic
def alike(_: Any, _number: Any) -> Signature:
    """The number four times."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return _spread(builder, given[0])

    return FOUR(types.float64), generate


@intrinsic
def plus(_: Any, _one: Any, _other: Any) -> Signature:
    """Sum, number by number."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fadd(*given)

    return FOUR(FOUR, FOUR), generate


@intrinsic
def plus_product(_: Any, _sum: Any, _one: Any, _other: Any) -> Signature:
    """Sum and product, number by number, rounded once (IEEE 754 fusedMultiplyAdd)."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        kind = ir.FunctionType(_VECTOR, [_VECTOR] * 3)
        name = f"llvm.fma.v{LANES}f64"
        fused = cgutils.get_or_insert_function(builder.module, kind, name)  # type: ignore[no-untyped-call]
        return builder.call(fused, (given[1], given[2], given[0]))

    return FOUR(FOUR, FOUR, FOUR), generate


@intrinsic
def times(_: Any, _one: Any, _other: Any) -> Signature:
    """Product, number by number."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fmul(*given)

    return FOUR(FOUR, FOUR), generate


@intrinsic
def over(_: Any, _one: Any, _other: Any) -> Signature:
    """Quotient, number by number."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fdiv(*given)

    return FOUR(FOUR, FOUR), generate


@intrinsic
def minus(_: Any, _one: Any, _other: Any) -> Signature:
    """Difference, number by number."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fsub(*given)

    return FOUR(FOUR, FOUR), generate


@intrinsic
def choose(_: Any, _one: Any, _other: Any, _if_more: Any, _otherwise: Any) -> Signature:
    """Where the first exceeds the second the third, otherwise the fourth, number by number."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        more = builder.fcmp_ordered(">", given[0], given[1])
        return builder.select(more, given[2], given[3])

    return FOUR(FOUR, FOUR, FOUR, FOUR), generate


def _of_all(builder: Any, found: Any) -> tuple[Any, Any, Any]:
    """Four answers as one whole number, with none and with all."""
    whole = ir.IntType(LANES)
    return builder.bitcast(found, whole), ir.Constant(whole, 0), ir.Constant(whole, -1)


@intrinsic
def any_exceeds(_: Any, _one: Any, _other: Any) -> Signature:
    """Whether one of the first exceeds that of the second."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        found, none, _ = _of_all(builder, builder.fcmp_ordered(">", given[0], given[1]))
        return builder.icmp_unsigned("!=", found, none)

    return types.boolean(FOUR, FOUR), generate


@intrinsic
def all_exceed(_: Any, _one: Any, _other: Any) -> Signature:
    """Whether all of the first exceed those of the second."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        found, _, every = _of_all(builder, builder.fcmp_ordered(">", given[0], given[1]))
        return builder.icmp_unsigned("==", found, every)

    return types.boolean(FOUR, FOUR), generate


@intrinsic
def all_equal(_: Any, _one: Any, _other: Any) -> Signature:
    """Whether all of the first equal those of the second."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        found, _, every = _of_all(builder, builder.fcmp_ordered("==", given[0], given[1]))
        return builder.icmp_unsigned("==", found, every)

    return types.boolean(FOUR, FOUR), generate

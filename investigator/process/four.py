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
from numba import extending, njit, types
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


def _first(context: Any, builder: Any, of: Any, given: Any) -> Any:
    """Where the numbers begin, of an array or of a place that was found already."""
    if isinstance(of, types.CPointer):
        return given
    return context.make_array(of)(context, builder, value=given).data


def _address(context: Any, builder: Any, of: Any, given: Any, at: Any) -> Any:
    first = _first(context, builder, of, given)
    return builder.bitcast(builder.gep(first, [at]), _VECTOR.as_pointer())


def _spread(builder: Any, number: Any) -> Any:
    first = builder.insert_element(_NONE, number, ir.IntType(32)(0))
    return _chosen(builder, first, _NONE, [0] * LANES)


def _chosen(builder: Any, one: Any, other: Any, order: list[int]) -> Any:
    """Four of the eight numbers of both, by their places."""
    places = ir.Constant(ir.VectorType(ir.IntType(32), LANES), order)
    return builder.shuffle_vector(one, other, places)


@intrinsic
def numbers(_: Any, array: Any) -> Signature:
    """Where the numbers of a contiguous array begin, to be used in its place.

    Nothing counts who uses it, which costs more than the arithmetic; the array must live on.
    """

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return _first(context, builder, signature.args[0], given[0])

    return types.CPointer(types.float64)(array), generate  # type: ignore[no-untyped-call]


@intrinsic
def load(_: Any, array: Any, _at: Any) -> Signature:
    """The four numbers from place `at` on in a contiguous array."""

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
        data = _first(context, builder, signature.args[0], given[0])
        return _spread(builder, builder.load(builder.gep(data, [given[1]])))

    return FOUR(array, types.intp), generate


@intrinsic
def four(_: Any, _first: Any, _second: Any, _third: Any, _fourth: Any) -> Signature:
    """Four numbers, each its own."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        found = _NONE
        for lane, number in enumerate(given):
            found = builder.insert_element(found, number, ir.IntType(32)(lane))
        return found

    return FOUR(*[types.float64] * LANES), generate


@intrinsic
def pick(_: Any, array: Any, _at: Any, _lane: Any, alone: Any) -> Signature:
    """`array[at + lane]` four times; or, if `alone` is None, `array[at : at + 4]`."""
    together = isinstance(alone, types.NoneType)

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        if together:
            return builder.load(_address(context, builder, signature.args[0], *given[:2]), align=8)
        data = _first(context, builder, signature.args[0], given[0])
        at = builder.add(given[1], given[2])
        return _spread(builder, builder.load(builder.gep(data, [at])))

    return FOUR(array, types.intp, types.intp, alone), generate


@intrinsic
def alike(_: Any, _number: Any) -> Signature:
    """The number four times."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return _spread(builder, given[0])

    return FOUR(types.float64), generate


@intrinsic
def transposed(_: Any, _one: Any, _two: Any, _three: Any, _four: Any) -> Signature:
    """Four rows of four numbers as four columns."""

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        one, two, three, four = given
        left = [_chosen(builder, one, two, order) for order in ([0, 4, 2, 6], [1, 5, 3, 7])]
        right = [_chosen(builder, three, four, order) for order in ([0, 4, 2, 6], [1, 5, 3, 7])]
        columns = [
            _chosen(builder, left[odd], right[odd], order)
            for order in ([0, 1, 4, 5], [2, 3, 6, 7])
            for odd in (0, 1)
        ]
        return context.make_tuple(builder, signature.return_type, columns)

    return types.UniTuple(FOUR, LANES)(FOUR, FOUR, FOUR, FOUR), generate  # type: ignore[no-untyped-call]


@intrinsic
def behind(_: Any, _before: Any, _here: Any) -> Signature:
    """The last number of the first, then the first three of the second."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return _chosen(builder, given[0], given[1], [3, 4, 5, 6])

    return FOUR(FOUR, FOUR), generate


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


@intrinsic
def nearest(_: Any, _number: Any) -> Signature:
    """The nearest whole number, of two the even one, number by number."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        kind = ir.FunctionType(_VECTOR, [_VECTOR])
        name = f"llvm.rint.v{LANES}f64"
        whole = cgutils.get_or_insert_function(builder.module, kind, name)  # type: ignore[no-untyped-call]
        return builder.call(whole, given)

    return FOUR(FOUR), generate


@intrinsic
def doubled(_: Any, _number: Any, _times: Any) -> Signature:
    """The first times 2 to the power of the second, a whole number from -1022 to 1023."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        whole = ir.VectorType(ir.IntType(64), LANES)
        # The whole number stands in the last bits of its sum with 1.5 x 2^52, as two's complement.
        high = builder.fadd(given[1], ir.Constant(_VECTOR, [6755399441055744.0] * LANES))
        bits = builder.bitcast(high, whole)
        bits = builder.add(bits, ir.Constant(whole, [1023] * LANES))
        power = builder.bitcast(builder.shl(bits, ir.Constant(whole, [52] * LANES)), _VECTOR)
        return builder.fmul(given[0], power)

    return FOUR(FOUR, FOUR), generate


@njit(forceinline=True, error_model="numpy")
def exp(x: Four) -> Four:
    """e to the power of four numbers up to 708, to 1e-15 of it; 0 for those below -708.

    Powers of two are split off, and for what is left, at most ln(2)/2, the series is summed up.
    """
    some = choose(x, alike(-708.0), x, alike(-708.0))
    twos = nearest(times(some, alike(1.4426950408889634)))
    rest = plus_product(some, twos, alike(-0.6931471803691238))
    rest = plus_product(rest, twos, alike(-1.9082149292705877e-10))
    found = alike(1.0 / 6227020800.0)
    found = plus_product(alike(1.0 / 479001600.0), rest, found)
    found = plus_product(alike(1.0 / 39916800.0), rest, found)
    found = plus_product(alike(1.0 / 3628800.0), rest, found)
    found = plus_product(alike(1.0 / 362880.0), rest, found)
    found = plus_product(alike(1.0 / 40320.0), rest, found)
    found = plus_product(alike(1.0 / 5040.0), rest, found)
    found = plus_product(alike(1.0 / 720.0), rest, found)
    found = plus_product(alike(1.0 / 120.0), rest, found)
    found = plus_product(alike(1.0 / 24.0), rest, found)
    found = plus_product(alike(1.0 / 6.0), rest, found)
    found = plus_product(alike(0.5), rest, found)
    found = plus_product(alike(1.0), rest, found)
    found = doubled(plus_product(alike(1.0), rest, found), twos)
    return choose(x, alike(-708.0), found, alike(0.0))

"""Where the deliveries of invocation logs fail in silence."""

_ONE_IN_FAILING, _FAILING = 7, 5


def is_failing(number: int) -> bool:
    """Tell of an account, by its place in the estate, whether no delivery to its log group arrives."""
    return number % _ONE_IN_FAILING == _FAILING

"""What is raised for a name or value that the metric log cannot hold."""


class UnsupportedValueType(Exception):
    """A metric name, field name, metric value or field value is of a type that cannot be written."""

    __module__ = "scalyr_agent.scalyr_logging"

    @classmethod
    def of_name(cls, kind: str, name: object) -> "UnsupportedValueType":
        """The name of a ``metric`` or ``field`` is no string."""
        return cls(
            f"An unsupported type for a {kind} name was given.  It must be either str or unicode, but was "
            f'"{type(name)}".  This was for {kind} "{name!s}"'
        )

    @classmethod
    def of_value(cls, kind: str, name: str, value: object) -> "UnsupportedValueType":
        """The value of the ``metric`` or ``field`` of that name is none of str, int, float and bool."""
        return cls(
            f'Unsupported {kind} value type of "{type(value)}" with value "{value!s}" for {kind}="{name}". '
            "Only int, long, float, and str are supported."
        )

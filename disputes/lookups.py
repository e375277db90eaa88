"""``pk__any``: a key among those of a list or of a subquery, as one array."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigAutoField, Lookup


@BigAutoField.register_lookup
class EqualsAny(Lookup):
    """``column = ANY (array)``.

    Unlike ``IN`` with many numbers it is one parameter, and unlike ``IN`` with a subquery an
    index can answer it also as one arm of an OR.
    """

    lookup_name = "any"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [list(value)]

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        cast = "" if isinstance(self.rhs, ArraySubquery) else "::bigint[]"
        return f"{left} = ANY ({right}{cast})", [*left_params, *right_params]

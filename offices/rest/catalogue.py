"""The description of the interface as a page shows it, made from the one that machines read."""

from dataclasses import dataclass, field

from drf_spectacular.generators import SchemaGenerator


@dataclass
class Door:
    """One call: method, path, what it does, what it takes and gives, as (name, type, words)."""

    method: str
    path: str
    name: str
    text: str
    parameters: list = field(default_factory=list)
    body: list = field(default_factory=list)
    variants: list = field(default_factory=list)
    answer: list = field(default_factory=list)
    codes: list = field(default_factory=list)


def described(request):
    """Return the doors as [(group, [Door])], in the order of the paths."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    parts, groups = schema["components"]["schemas"], {}
    for path, methods in schema["paths"].items():
        for method, door in methods.items():
            groups.setdefault(door["tags"][0], []).append(_door(path, method, door, parts))
    return sorted(groups.items())


def _door(path, method, door, parts):
    body = _json(door.get("requestBody", {}))
    answer = next((_json(part) for code, part in door["responses"].items() if code[0] == "2"), {})
    names = [part["$ref"] for part in _parts(body, parts).get("oneOf", []) if "$ref" in part]
    return Door(
        method=method.upper(),
        path=path,
        name=door["operationId"],
        text=door.get("description") or door.get("summary", ""),
        parameters=[
            (each["name"], _type(each["schema"], parts), each.get("description", ""))
            for each in door.get("parameters", [])
        ],
        body=_fields(body, parts),
        variants=[(_name(ref), _fields({"$ref": ref}, parts)) for ref in names],
        answer=_fields(answer, parts),
        codes=sorted(door["responses"]),
    )


def _json(part):
    content = part.get("content", {})
    found = content.get("application/json") or next(iter(content.values()), {})
    return found.get("schema", {})


def _parts(schema, parts):
    return parts.get(_name(schema["$ref"]), {}) if "$ref" in schema else schema


def _name(ref):
    return ref.rpartition("/")[2]


def _fields(schema, parts):
    schema = _parts(schema, parts)
    if schema.get("type") == "array":
        schema = _parts(schema["items"], parts)
    required = schema.get("required", ())
    return [
        (
            name,
            _type(each, parts),
            each.get("title") or each.get("description", ""),
            name in required,
        )
        for name, each in schema.get("properties", {}).items()
    ]


def _type(schema, parts):
    """Return the type of *schema* in a word or two, with its choices."""
    if "$ref" in schema:
        return _name(schema["$ref"])
    if "allOf" in schema or "oneOf" in schema:
        told = [_type(each, parts) for each in schema.get("allOf") or schema["oneOf"]]
        return " | ".join(told)
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        kind = " | ".join(kind)
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"] if value not in (None, ""))
    if kind == "array":
        return f"[{_type(schema.get('items', {}), parts)}]"
    return schema.get("format", kind)

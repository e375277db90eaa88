"""Examples of what is sent and answered, made from its description. Nobody in them is real."""

# What stands under a name wherever it appears; everything else follows from its type.
TEXTS = {
    "matter_number": "2026-锦-000123",
    "number": "古塔调〔2026〕第7号",
    "title": "韩*兰 诉 锦北样例建筑003有限公司",
    "name": "韩*兰",
    "short_name": "古塔调",
    "county": "古塔区",
    "place": "302室",
    "content": "支付七月工资",
    "next": None,
    "detail": "所填内容不能使用。",
    "type": "about:blank",
    "sha256": "0" * 64,
    "text_sha256": "0" * 64,
    "matched": "",
}
FORMATS = {
    "date": "2026-09-07",
    "date-time": "2026-09-07T09:00:00+08:00",
    "time": "14:00:00",
    "email": "someone@example.org",
    "uri": "https://example.org/",
    "decimal": "14600.00",
}
DEEPEST = 6


def sample_of(schema, parts, name="", depth=0):
    """Return an example that fits *schema*; *parts* are the schemas that references name."""
    if "$ref" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]]
    if "default" in schema:
        return schema["default"]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return next((each for each in schema["enum"] if each not in (None, "")), None)
    for key in ("allOf", "oneOf", "anyOf"):
        if key in schema:
            return sample_of(schema[key][0], parts, name, depth)
    kinds = schema.get("type", "object")
    kind = kinds[0] if isinstance(kinds, list) else kinds
    return MAKERS.get(kind, _text)(schema, parts, name, depth)


def _object(schema, parts, name, depth):
    if depth > DEEPEST:
        return {}
    return {
        key: sample_of(each, parts, key, depth + 1)
        for key, each in schema.get("properties", {}).items()
    }


def _array(schema, parts, name, depth):
    if depth > DEEPEST or not schema.get("items"):
        return []
    return [sample_of(schema["items"], parts, name, depth + 1)]


def _text(schema, parts, name, depth):
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    if name in TEXTS and (TEXTS[name] is not None or "null" in schema.get("type", ())):
        return TEXTS[name]
    if "pattern" in schema:
        return "14600.00"
    return str(schema.get("title") or "示例")[: schema.get("maxLength", 40)]


MAKERS = {
    "object": _object,
    "array": _array,
    "boolean": lambda *_rest: True,
    "integer": lambda schema, *_rest: max(1, schema.get("minimum", 1)),
    "number": lambda schema, *_rest: max(1, schema.get("minimum", 1)),
    "null": lambda *_rest: None,
}

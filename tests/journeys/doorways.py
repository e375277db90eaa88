"""Every door of the running house, as its addresses say."""

from django.urls import URLPattern


def doorways(resolver, route=""):
    """Yield (route, name, view) of every door of *resolver*."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield route + str(each.pattern), each.name, each.callback
        else:
            yield from doorways(each, route + str(each.pattern))

"""Where log lines go. Personal data never do: no request bodies, no form data, no SQL."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "fangxian": {"level": "INFO"},
        "django.security.DisallowedHost": {"level": "ERROR"},
    },
}

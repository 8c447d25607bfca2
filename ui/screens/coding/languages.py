"""Languages by the codes sources keep, in words."""

from __future__ import annotations

LANGUAGES = {
    "en": "English",
    "ru": "Russian",
    "fr": "French",
    "ky": "Kyrgyz",
    "kk": "Kazakh",
    "uz": "Uzbek",
    "tg": "Tajik",
    "tk": "Turkmen",
}

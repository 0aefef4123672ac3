from django.apps import AppConfig


class SampleConfig(AppConfig):
    """An invented programme to look at; it has no tables and nothing imports it."""

    name = "curriculum.sample"
    label = "sample"

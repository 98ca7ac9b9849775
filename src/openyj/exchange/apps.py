from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "openyj.exchange"
    label = "exchange"

"""``{% csrf_token %}`` of Django, with the key of the form beside the token: no form can have one without the other."""

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rembuk.web.sending.keys import FIELD, new_key

register = template.Library()


class TokenAndKey(CsrfTokenNode):
    """The hidden fields that every form sends."""

    def render(self, context: template.Context) -> SafeString:
        """Token and key, or nothing where there is no token."""
        token = super().render(context)
        field = '{}<input type="hidden" name="{}" value="{}">'
        return format_html(field, token, FIELD, new_key(context.get("request"))) if token else SafeString()


@register.tag
def csrf_token(parser: Parser, token: Token) -> TokenAndKey:
    """Write the hidden fields that every form sends."""
    return TokenAndKey()

"""The stand-in telephone of the demonstration: a keypad and a text box, as plain forms."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from config.demo import telephone
from config.views.pages import demo_only
from registry.form_fields import short_text

#: A number that no one has, kept for films.
CALLER = "+447700900123"
KEYPAD = ("123", "456", "789", "*0#")


class TextToService(forms.Form):
    body = forms.CharField(
        label=_("Text message"),
        help_text=_("A name, a number or a postcode. Put a language code first to choose a language: PL Marrowby"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )


class DemoKeys(forms.Form):
    all_optional = True
    keys = short_text(_("Keys to press"), 40, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))


class DemoRecording(forms.Form):
    sound = forms.FileField(label=_("Recording: a WAV file of 8 or 16 kHz, 16 bits, one channel"))


@demo_only
@require_http_methods(["GET", "HEAD", "POST"])
def demo_telephone(request: HttpRequest) -> HttpResponse:
    """Ring or write to the service as a worker does, and hear what it answers."""
    does = request.POST.get("does", "")
    page: dict[str, object] = {"text_form": TextToService(), "keys": DemoKeys(), "recording": DemoRecording()}
    page["keypad"] = KEYPAD
    if does == "ring":
        page["step"] = telephone.ring(CALLER)
    elif does == "text":
        form = page["text_form"] = TextToService(request.POST)
        if form.is_valid():
            page["step"] = telephone.text(CALLER, form.cleaned_data["body"])
    elif does in {"press", "record"}:
        page["step"] = _go_on(request)
    return render(request, "demo_telephone.html", page)


def _go_on(request: HttpRequest) -> telephone.PhoneStep:
    """Keys that were typed, or one that was pressed; or a recording."""
    typed = request.POST.get("key") or request.POST.get("keys", "")
    said = {"Digits": typed.rstrip("#")}
    if sound := request.FILES.get("sound"):
        said = {"RecordingUrl": telephone.hold(sound.read())}
    return telephone.go_on(request.POST.get("call", ""), CALLER, request.POST.get("address", ""), said)

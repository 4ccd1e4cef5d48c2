"""The order of the house, where import-linter cannot see it (ARCHITECTURE.md)."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.urls import get_resolver

from belisha.cli import AREAS

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for path in sorted((ROOT / "belisha").rglob("*.py"))
    if not {"migrations", "tests"} & set(path.parts)
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MODELS = [model for model in apps.get_models() if model.__module__.startswith("belisha.")]
# Within an area each imports only those before it.
MODULES = ("rules", "models", "access", "actions", "jobs", "forms", "views", "urls", "management")
WEB = {"forms", "views", "urls"}
SAYS_NOTHING = {"utils", "util", "helpers", "common", "services", "managers", "misc"}
# Foreign addresses that name something and are never fetched.
NAMES_LIKE_ADDRESSES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")


def named(path):
    return str(path.relative_to(ROOT))


def area_and_module(dotted):
    """`belisha.photos.actions.faces` is in area photos, module actions."""
    words = dotted.split(".")
    return (words[1], words[2]) if words[0] == "belisha" and len(words) > 2 else (None, None)


def where(path):
    return area_and_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def imports(path):
    """Every module that a file imports, by its full name and with its line."""
    package = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: -node.level]) if node.level else ""
            base = ".".join(filter(None, (base, node.module)))
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def imports_that(is_wrong):
    """Those imports of all sources that are wrong, given the importer's place and the name."""
    return [
        f"{named(path)}:{line} imports {dotted}"
        for path in SOURCES
        for line, dotted in imports(path)
        if is_wrong(*where(path), dotted)
    ]


def test_within_an_area_a_module_imports_only_those_before_it():
    def comes_after(area, module, dotted):
        to_area, to_module = area_and_module(dotted)
        return (
            to_area == area
            and module in MODULES
            and to_module in MODULES
            and MODULES.index(to_module) > MODULES.index(module)
        )

    assert imports_that(comes_after) == []


def test_the_web_layers_of_an_area_are_its_own():
    def is_anothers(area, module, dotted):
        to_area, to_module = area_and_module(dotted)
        return to_area in AREAS and to_area != area and to_module in WEB

    assert imports_that(is_anothers) == []


def test_rules_know_no_database_no_request_and_no_clock():
    assert imports_that(lambda _, module, dotted: module == "rules" and "django" in dotted) == []
    clock = re.compile(r"\b(now|today|utcnow|time)\(")
    rules = [path for path in SOURCES if where(path)[1] == "rules"]
    assert [named(path) for path in rules if clock.search(path.read_text())] == []
    assert len(rules) >= 4


def test_a_module_has_a_name_that_says_something():
    silent = [named(path) for path in SOURCES if SAYS_NOTHING & set(path.with_suffix("").parts)]
    assert silent == []


def test_no_area_reaches_another_by_its_name():
    assert [named(path) for path in SOURCES if ".get_model(" in path.read_text()] == []


def keys_between_areas():
    for model in MODELS:
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete:
                here, there = model._meta.app_label, field.related_model._meta.app_label
                if here != there:
                    yield f"{model.__name__}.{field.name}", here, there, field


def test_a_key_between_areas_points_down_and_leaves_no_reverse_name_there():
    keys = list(keys_between_areas())
    assert len(keys) > 10
    assert [key for key, here, there, _ in keys if AREAS.index(here) > AREAS.index(there)] == []
    assert [key for key, *_, field in keys if field.remote_field.related_name != "+"] == []


def test_no_key_is_generic():
    generic = [
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey)
    ]
    assert generic == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_holds_no_style_and_no_script_of_its_own(path):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
    assert not re.search(r"<style|\sstyle=", text), "style belongs in belisha.css"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "a script belongs in a file"
    assert not re.search(r"\s(on[a-z]+|hx-on[^=\s]*)\s*=", text), "no script in an attribute"
    # Help texts are sentences of our own forms.
    safe = text.replace("field.help_text|safe", "")
    assert "|safe" not in safe, "what comes from people is always escaped"


def test_nothing_that_a_page_loads_names_a_foreign_address():
    found = []
    files = [
        *TEMPLATES,
        *(ROOT / "static").glob("*.*"),
        *(ROOT / "static" / "js").rglob("*.js"),
    ]
    for path in files:
        text = path.read_text()
        for name in NAMES_LIKE_ADDRESSES:
            text = text.replace(name, "")
        found += [f"{named(path)}: {address}" for address in re.findall(r"https?://\S+", text)]
    assert found == []


def test_htmx_is_told_in_no_page_to_load_from_elsewhere():
    for path in TEMPLATES:
        for target in re.findall(
            r'\s(?:hx-(?:get|post|put|delete)|src|href|action)="([^"]*)"', path.read_text()
        ):
            assert not target.startswith(("//", "javascript:", "data:")), f"{named(path)}: {target}"


def test_a_link_in_an_area_of_templates_leads_to_a_known_route():
    known = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    for path in TEMPLATES:
        for name in re.findall(r"""{% url ['"]([\w:-]+)['"]""", path.read_text()):
            assert name in known, f"{named(path)} leads to {name!r}, which is no route"


def test_what_a_page_names_in_its_crumbs_is_not_read_elsewhere_on_it():
    """A name given inside one block is unknown in the next: a link there would lead nowhere."""
    wrong = []
    for path in (ROOT / "templates").rglob("*.html"):
        _, _, after = path.read_text().partition("{% block crumbs %}")
        crumbs, _, rest = after.partition("{% endblock")
        named = set(re.findall(r"{% url [^%]*? as (\w+) %}", crumbs))
        links = " ".join(re.findall(r'href="([^>]*)"', rest))
        known = set(re.findall(r" as (\w+) %}", rest))
        wrong += [(path.name, name) for name in named - known if f"{{{{ {name} }}}}" in links]
    assert wrong == []

"""click, en español: ayuda, errores de uso y opciones globales que valen antes o después de la orden."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from sgc_gt.cli.sesion import Sesion
from sgc_gt.cli.tareas import Entrada
from sgc_gt.dominio.parecidos import quiso_decir
from sgc_gt.errores import UsoIncorrecto

AYUDA = "Muestra esta ayuda y termina."


def globales() -> list[click.Option]:
    """Las opciones que toda orden acepta."""
    return [
        click.Option(
            ["--repo"], type=click.Path(path_type=Path), metavar="DIR", help="Carpeta del servicio."
        ),
        click.Option(
            ["--como"], metavar="CORREO", help="Registra un acto de otra persona (control documental)."
        ),
        click.Option(["--cargo"], metavar="CARGO", help="Cargo con que actúa, si tiene varios."),
        click.Option(["--json", "json_"], is_flag=True, help="Una respuesta para programas, en JSON."),
    ]


def anotar_globales(ctx: click.Context) -> None:
    """Saca las opciones globales de los parámetros y las deja en la sesión."""
    sesion = ctx.ensure_object(Sesion)
    sesion.anotar(
        ctx.params.pop("repo", None),
        ctx.params.pop("como", None),
        ctx.params.pop("cargo", None),
        json=bool(ctx.params.pop("json_", False)),
    )


class _EnEspanol(click.Command):
    """La forma de la ayuda."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        ajenas = ("[OPTIONS]", "COMMAND [ARGS]...")
        piezas = [
            "ORDEN …" if p == ajenas[1] else p for p in self.collect_usage_pieces(ctx) if p != ajenas[0]
        ]
        formatter.write_usage(ctx.command_path, " ".join([*piezas, "[OPCIONES]"]), prefix="Uso: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        opciones = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        comunes = {o.name for o in globales()} | {"help"}
        propias = [_en_la_ayuda(o, ctx) for o in opciones if o.name not in comunes]
        de_todas = [_en_la_ayuda(o, ctx) for o in opciones if o.name in comunes]
        titulo = "Opciones de todas las órdenes"
        for nombre, filas in (("Opciones", propias), (titulo, de_todas)):
            if filas:
                with formatter.section(nombre):
                    formatter.write_dl(filas)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        opcion = super().get_help_option(ctx)
        if opcion:
            opcion.help = AYUDA
        return opcion


def _en_la_ayuda(opcion: click.Option, ctx: click.Context) -> tuple[str, str]:
    """El renglón de la opción, con lo que la biblioteca agrega dicho en español."""
    nombre, dicho = opcion.get_help_record(ctx) or ("", "")
    dicho = dicho.partition("  [")[0]
    if opcion.required:
        dicho += " [obligatoria]"
    elif opcion.show_default:
        dicho = f"{dicho.rstrip('.')}; {opcion.default} si no se dice."
    return nombre, dicho


class Orden(_EnEspanol):
    """Una orden: agrega las opciones globales a las suyas."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(globales())

    def invoke(self, ctx: click.Context) -> Any:
        anotar_globales(ctx)
        return super().invoke(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx  # con la orden a la vista se puede decir cuántos valores pide
            raise


class Ordenes(_EnEspanol, click.Group):
    """El conjunto de órdenes; cada una se carga cuando se usa, para que consultar no espere a Word."""

    def __init__(self, *args: Any, tareas: Mapping[str, Mapping[str, Entrada]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tareas = tareas
        self.perezosas = {n: e.modulo for grupo in tareas.values() for n, e in grupo.items()}
        self.params.extend(globales())

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.perezosas)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self.perezosas:
            return None
        modulo = importlib.import_module(f"sgc_gt.cli.{self.perezosas[cmd_name]}")
        orden: click.Command = getattr(modulo, cmd_name.replace("-", "_"))
        return orden

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        nombre = args[0]
        if not nombre.startswith("-") and nombre not in self.perezosas:
            raise UsoIncorrecto(
                f"no existe la orden «{nombre}»",
                esperado=quiso_decir(nombre, self.perezosas),
                hacer="vea las órdenes con: sgc-gt --help",
            )
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        ancho = max(map(len, self.perezosas))
        for tarea, ordenes in self.tareas.items():
            with formatter.section(tarea):
                formatter.write_dl([(n.ljust(ancho), e.frase) for n, e in ordenes.items()])
        super().format_options(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        anotar_globales(ctx)
        return super().invoke(ctx)


def traducir(error: click.ClickException) -> UsoIncorrecto:
    """El error de uso de click, como rechazo en español."""
    contexto = error.ctx if isinstance(error, click.UsageError) else None
    ayuda = f"vea la ayuda con: {contexto.command_path if contexto else 'sgc-gt'} --help"
    if isinstance(error, click.NoSuchOption):
        cerca = quiso_decir(error.option_name, error.possibilities or ())
        return UsoIncorrecto(f"no existe la opción «{error.option_name}»", esperado=cerca, hacer=ayuda)
    if isinstance(error, click.MissingParameter):
        return UsoIncorrecto(
            f"falta {_nombre(error.param)}", esperado=_admitidos(error.param, como=True), hacer=ayuda
        )
    if isinstance(error, click.BadParameter):
        return UsoIncorrecto(
            f"«{dicho}» no sirve" if (dicho := _dicho(error)) else "el valor no sirve",
            lugar=_nombre(error.param),
            esperado=_admitidos(error.param),
            hacer=ayuda,
        )
    if isinstance(error, click.BadOptionUsage):
        return _mal_usada(error.option_name, contexto.command.params if contexto else (), ayuda)
    if contexto and isinstance(contexto.command, click.Group):
        return UsoIncorrecto("falta decir la orden", hacer="vea las órdenes con: sgc-gt --help")
    sobra = _SOBRA.search(error.message)
    return UsoIncorrecto(
        f"la orden no lleva «{sobra[1]}»" if sobra else "la orden no se entiende", hacer=ayuda
    )


# Lo único que click no entrega aparte: está en su mensaje.
_SOBRA = re.compile(r"unexpected extra arguments? \((.*)\)", re.DOTALL)
_DICHO = re.compile(r"'?(.*?)'? is not ", re.DOTALL)


def _dicho(error: click.BadParameter) -> str:
    """El valor que no sirvió, como la persona lo escribió."""
    hallado = _DICHO.match(error.message)
    return hallado[1] if hallado else ""


def _admitidos(parametro: click.Parameter | None, *, como: bool = False) -> str:
    """Los valores que el parámetro admite, si son contados o de una forma simple; o «como» qué se escribe."""
    tipo = parametro.type if parametro else None
    if isinstance(tipo, click.Choice):
        return ", ".join(str(c) for c in tipo.choices)
    if isinstance(tipo, click.IntRange):
        limites = (("desde", tipo.min), ("hasta", tipo.max))
        return " ".join(["un número entero", *(f"{p} {n}" for p, n in limites if n is not None)])
    if como and isinstance(parametro, click.Option):
        return f"{parametro.opts[0]} {parametro.metavar}"
    return "un número entero" if isinstance(tipo, click.types.IntParamType) else ""


def _mal_usada(nombre: str, parametros: Iterable[click.Parameter], ayuda: str) -> UsoIncorrecto:
    """A la opción le faltan valores, o trae uno que no lleva."""
    opcion = next((p for p in parametros if nombre in p.opts), None)
    if opcion is None or opcion.nargs < 2:
        return UsoIncorrecto(f"la opción «{nombre}» necesita un valor, o no lo admite", hacer=ayuda)
    return UsoIncorrecto(
        f"la opción «{nombre}» necesita {opcion.nargs} valores",
        esperado=f"{nombre} {opcion.metavar}",
        hacer=ayuda,
    )


def _nombre(parametro: click.Parameter | None) -> str:
    if parametro is None:
        return "un dato"
    if isinstance(parametro, click.Option):
        return parametro.opts[0]
    return str(parametro.metavar or parametro.human_readable_name)


def orden(nombre: str | None = None) -> Callable[[Callable[..., Any]], click.Command]:
    """`click.command` con la forma de este programa."""
    return click.command(nombre, cls=Orden)


def con_sesion(funcion: Callable[..., Any]) -> Callable[..., Any]:
    """Entrega la sesión como primer argumento de la orden."""
    return click.pass_obj(funcion)

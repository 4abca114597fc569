"""La entrada del programa y su único manejador de errores."""

from __future__ import annotations

import sys

import click

from sgc_gt.cli.espanol import Ordenes, traducir
from sgc_gt.cli.sesion import Sesion
from sgc_gt.cli.tareas import TAREAS
from sgc_gt.errores import Rechazo

INTERRUMPIDO = 130
DEFECTO = 70


@click.command(cls=Ordenes, tareas=TAREAS, invoke_without_command=False, no_args_is_help=True)
@click.version_option(
    None, "--version", package_name="sgc-gt", message="sgc-gt %(version)s", help="La versión."
)
def sgc_gt() -> None:
    """Control de documentos del Sistema de Gestión de la Calidad.

    Toda orden tiene ayuda con un ejemplo: sgc-gt ORDEN --help
    """


def main() -> None:
    """Ejecuta la orden y termina con el código que el contrato le da."""
    _utf8()
    sys.exit(ejecutar(sys.argv[1:]))


def _utf8() -> None:
    """La salida es UTF-8 donde se puede; en una consola vieja, lo que no cabe se sustituye y no se cae."""
    for flujo in (sys.stdout, sys.stderr):
        if not flujo.isatty():
            flujo.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        else:
            flujo.reconfigure(errors="replace")  # type: ignore[union-attr]


def ejecutar(argumentos: list[str]) -> int:
    """Ejecuta los argumentos y devuelve el código de término. Ningún error llega a la persona como traza."""
    sesion = Sesion()
    sesion.json = "--json" in argumentos  # un rechazo también responde en JSON, aunque falle la lectura
    try:
        # Sin modo propio, click devuelve aquí el código de ctx.exit() en vez de terminar el proceso.
        salida = sgc_gt.main(argumentos, prog_name="sgc-gt", standalone_mode=False, obj=sesion)
    except Rechazo as rechazo:
        return _rechazar(sesion, rechazo)
    except click.exceptions.NoArgsIsHelpError as ayuda:
        sesion.avisar(ayuda.format_message())
        return 0
    except click.ClickException as error:
        return _rechazar(sesion, traducir(error))
    except click.exceptions.Exit as termino:
        return termino.exit_code
    except (KeyboardInterrupt, click.Abort):
        sesion.avisar("Interrumpido: lo que no alcanzó a registrarse no ocurrió.")
        return INTERRUMPIDO
    except BrokenPipeError:
        return 0
    except Exception:  # noqa: BLE001  (la última red: un defecto del programa se cuenta, no se muestra)
        return _defecto(sesion)
    finally:
        sesion.cerrar()
    return salida if isinstance(salida, int) else 0


def _rechazar(sesion: Sesion, rechazo: Rechazo) -> int:
    if sesion.json:
        sesion.responder({"error": rechazo_a_dict(rechazo)}, "")
    else:
        sesion.avisar(texto_de_rechazo(rechazo))
    return rechazo.salida


def rechazo_a_dict(rechazo: Rechazo) -> dict[str, object]:
    """El rechazo con las claves del contrato."""
    valor: dict[str, object] = {
        "clase": rechazo.clase,
        "mensaje": rechazo.mensaje,
        "lugar": rechazo.lugar,
        "esperado": rechazo.esperado,
        "hacer": rechazo.hacer,
    }
    if rechazo.problemas:
        valor["problemas"] = [p._asdict() for p in rechazo.problemas]
    return valor


def texto_de_rechazo(rechazo: Rechazo) -> str:
    """El rechazo en oraciones: qué pasó y dónde, qué se esperaba, qué hacer."""
    hecho = f"{rechazo.lugar}: {rechazo.mensaje}" if rechazo.lugar else _mayuscula(rechazo.mensaje)
    lineas = [f"No se hizo. {hecho.rstrip('.')}."]
    lineas += [f"  - {problema}" for problema in rechazo.problemas]
    if rechazo.esperado:
        pregunta = rechazo.esperado.startswith("¿")
        lineas.append(f"  {_mayuscula(rechazo.esperado) if pregunta else 'Se esperaba: ' + rechazo.esperado}")
    if rechazo.hacer:
        lineas.append(f"  Qué hacer: {rechazo.hacer}")
    return "\n".join(lineas)


def _mayuscula(texto: str) -> str:
    """El texto con mayúscula inicial; lo citado va como la persona lo escribió."""
    inicio = 1 if texto[:1] in "¿¡" else 0
    return texto[:inicio] + texto[inicio : inicio + 1].upper() + texto[inicio + 1 :]


def _defecto(sesion: Sesion) -> int:
    import tempfile  # noqa: PLC0415  (15 ms que ninguna orden sana debe pagar)
    import traceback  # noqa: PLC0415

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="sgc-gt-", suffix=".log", delete=False
    ) as archivo:
        traceback.print_exc(file=archivo)
    sesion.avisar(
        "El programa encontró un defecto propio y se detuvo.\n"
        f"  Qué hacer: envíe este archivo a quien lo mantiene: {archivo.name}"
    )
    if sesion.json:
        sesion.responder(
            {"error": {"clase": "defecto", "mensaje": "defecto del programa", "lugar": archivo.name}}, ""
        )
    return DEFECTO

"""`auditar`: cláusula por cláusula, con su evidencia en vivo; y la transición de una edición a otra."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli import preparado
from sgc_gt.cli.c_estado import mostrar
from sgc_gt.cli.espanol import orden
from sgc_gt.cli.opciones import ARCHIVO, leer_archivo
from sgc_gt.cli.preparado import Eleccion, exigir_juntas
from sgc_gt.cli.sesion import Sesion
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes.salida import dejar, exigir_fuera

if TYPE_CHECKING:
    from sgc_gt.consultas.integridad import Integridad
    from sgc_gt.contexto import Vista
    from sgc_gt.dominio.normas import Norma

CON_ALERTAS = 1


@orden()
@click.option(
    "--norma", default="", metavar="N", help="2015, 2008 o un archivo; la del servicio si no se dice."
)
@click.option("--fecha", metavar="D", help="Como estaba en esa fecha; hoy si no se dice.")
@click.option("--clausula", default="", metavar="C", help="Solo esa cláusula, con el detalle de sus pruebas.")
@click.option(
    "--transicion",
    nargs=2,
    metavar="EDICIÓN EDICIÓN",
    help="De una edición a otra: qué documentos la citan y qué falta.",
)
@click.option("--hallazgos", is_flag=True, help="El informe de preparación: lo que se anotaría hoy.")
@click.option(
    "--muestra", type=click.IntRange(min=1), metavar="N", help="N códigos al azar, y cuánto tarda cada uno."
)
@click.option("--semilla", default="", metavar="S", help="La de la muestra; el ancla si no se dice.")
@click.option(
    "--documentos",
    multiple=True,
    metavar="COD",
    help="Con -o, solo ese expediente; se puede repetir.",
)
@click.option(
    "-o",
    "salida",
    type=ARCHIVO,
    metavar="DIR",
    help="Deja el paquete: una carpeta y un zip.",
)
@click.pass_context
def auditar(
    ctx: click.Context,
    norma: str,
    fecha: str | None,
    clausula: str,
    transicion: tuple[str, str] | None,
    hallazgos: bool,
    muestra: int | None,
    semilla: str,
    documentos: tuple[str, ...],
    salida: Path | None,
) -> None:
    """Audita cada cláusula de la norma con su evidencia, sacada en vivo y a una fecha.

    Ejemplo: sgc-gt auditar --norma 2015 --fecha 31-12-2025 --clausula 7.5.2
    """
    sesion: Sesion = ctx.obj
    eleccion = Eleccion(muestra or 0, semilla, tuple(c.strip().upper() for c in documentos))
    _exigir_una_cosa(norma, clausula, transicion, salida)
    exigir_juntas(eleccion, salida, otra=bool(clausula or transicion), hallazgos=hallazgos)
    if salida:
        exigir_fuera(sesion.consulta.raiz, salida, "-o ../auditoria")
    vista = sesion.consulta.vista()
    integridad = preparado.exigir_integra(sesion, vista, salida) if salida and not transicion else None
    corte = o.leer_corte(fecha, sesion.consulta.ahora(vista).date())
    if transicion:
        _transicion(sesion, vista, transicion, corte, salida)
    elif hallazgos:
        if preparado.hallazgos(sesion, vista, corte):
            ctx.exit(CON_ALERTAS)
    elif muestra and not salida:
        preparado.muestra(sesion, vista, corte, eleccion)
    elif _auditoria(sesion, vista, _norma(vista, norma), corte, clausula, (salida, eleccion, integridad)):
        ctx.exit(CON_ALERTAS)


def _exigir_una_cosa(
    norma: str, clausula: str, transicion: tuple[str, str] | None, salida: Path | None
) -> None:
    """UsoIncorrecto si se piden dos cosas que no van juntas."""
    if salida and clausula:
        raise UsoIncorrecto("con -o va la auditoría entera", lugar="--clausula", hacer="quite una de las dos")
    if transicion and (norma or clausula):
        raise UsoIncorrecto(
            "una transición ya dice sus dos ediciones y va entera",
            lugar="--transicion",
            hacer="quite --norma y --clausula",
        )


def _auditoria(
    sesion: Sesion,
    vista: Vista,
    norma: Norma,
    corte: date,
    clausula: str,
    paquete: tuple[Path | None, Eleccion, Integridad | None],
) -> bool:
    """Muestra la auditoría, y la deja si se pidió; si hay alertas."""
    # Aquí, y no arriba: leer la norma carga YAML y jsonschema, 300 ms que la ayuda no paga.
    from sgc_gt.cli.auditado import detalle, tabla  # noqa: PLC0415
    from sgc_gt.consultas.auditoria import a_dicts, por_clausula  # noqa: PLC0415
    from sgc_gt.consultas.auditoria import auditar as consultar  # noqa: PLC0415

    auditoria = consultar(vista, norma, corte)
    pedidas = por_clausula(auditoria, clausula)
    salida, eleccion, integridad = paquete
    if salida and integridad:
        preparado.paquete(sesion, vista, auditoria, salida, eleccion, integridad)
    if clausula and not sesion.json:
        sesion.responder(None, detalle(auditoria, pedidas))
    else:
        mostrar(sesion, a_dicts(pedidas), tabla(auditoria))
    return any(c.alertas for c in pedidas)


def _transicion(
    sesion: Sesion, vista: Vista, ediciones: tuple[str, str], corte: date, salida: Path | None
) -> None:
    """Muestra la transición, y la deja en Excel y como página si se pidió."""
    from sgc_gt.cli.transitado import pagina, tabla  # noqa: PLC0415  (ídem)
    from sgc_gt.consultas.listas import Lista, exportar  # noqa: PLC0415  (ídem)
    from sgc_gt.consultas.transicion import a_dict, transicion  # noqa: PLC0415  (ídem)

    de = _norma(vista, ediciones[0])
    t = transicion(vista, de, _norma(vista, ediciones[1], de), corte)
    if salida:
        libro = exportar(vista, Lista("transicion", tabla(t)), "xlsx")
        for dejado in dejar(
            sesion.consulta.raiz,
            {salida / "transicion.html": pagina(t).encode(), salida / "transicion.xlsx": libro},
        ):
            sesion.avisar(f"Quedó en {dejado}")
    mostrar(sesion, a_dict(t), tabla(t))


def _norma(vista: Vista, pedida: str, *conocidas: Norma) -> Norma:
    """La edición por su nombre, o la del archivo que se nombra."""
    from sgc_gt.config.normas import del_programa, leer_norma  # noqa: PLC0415  (ídem)
    from sgc_gt.consultas.auditoria import norma_de  # noqa: PLC0415  (ídem)

    if Path(pedida).suffix.lower() not in (".yaml", ".yml"):
        return norma_de(vista, pedida)
    archivo = leer_archivo(Path(pedida))
    return leer_norma(
        archivo.contenido, archivo.nombre, {n.edicion: n for n in (*del_programa(), *conocidas)}
    )

"""`importar`: los documentos que ya existían pasan a llevarse en el sistema, desde una planilla."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio.importacion import EVIDENCIA, IMPORTAR
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.listas.planilla import Contenido, a_planilla
from sgc_gt.listas.planilla_lectura import leer_planilla
from sgc_gt.ordenes.importar import Importacion
from sgc_gt.ordenes.importar_carpeta import Simulacion, hallar, simular
from sgc_gt.ordenes.importar_planilla import Hecho, llevar_a_cabo, resumen, validar
from sgc_gt.ordenes.salida import dejar, exigir_fuera, exigir_nombre

CADA = 10
PLANILLA = "importacion.xlsx"


@orden()
@click.argument("rutas", nargs=-1, required=True, type=o.ARCHIVO, metavar="RUTA…")
@click.option("--simular", "ensayo", is_flag=True, help="Solo mira y deja la planilla; no importa nada.")
@click.option(
    "-o",
    "salida",
    type=o.ARCHIVO,
    metavar="F.xlsx",
    help=f"La planilla que deja --simular; {PLANILLA} si no se dice.",
)
@click.option(
    "--planilla", type=o.ARCHIVO, metavar="F.xlsx", help="La planilla ya revisada: la lleva a cabo."
)
@click.option("--proceso", metavar="ÁREA", default="", help="Con --planilla, solo las filas de esa área.")
@con_sesion
def importar(
    sesion: Sesion,
    rutas: tuple[Path, ...],
    ensayo: bool,
    salida: Path | None,
    planilla: Path | None,
    proceso: str,
) -> None:
    """Importa los documentos de una carpeta, ya aprobados, desde una planilla que usted revisa.

    Ejemplo: sgc-gt importar "Documentos SGC" --simular -o ../importacion.xlsx
    """
    if ensayo == bool(planilla):
        raise UsoIncorrecto(
            "hay que decir si se simula o se lleva a cabo una planilla",
            esperado="--simular o --planilla F.xlsx, una de las dos",
            hacer="comience con --simular: deja la planilla que después se revisa y se importa",
        )
    if planilla:
        _llevar_a_cabo(sesion, rutas, planilla, proceso.strip().upper())
    else:
        _simular(sesion, rutas, salida or Path(PLANILLA))


def _simular(sesion: Sesion, rutas: tuple[Path, ...], salida: Path) -> None:
    asi = f"-o {Path('..', PLANILLA)}"
    exigir_fuera(sesion.raiz, salida, asi)
    exigir_nombre(salida, (".xlsx",))
    ctx = sesion.consulta
    s = simular(ctx, rutas, (salida,), lambda n: _cada(sesion, n, f"{n} archivos leídos"))
    carpeta = ", ".join(f"«{r.absolute().name}»" for r in rutas)
    contenido = Contenido(s.filas, s.formatos, s.no_entendido, carpeta)
    dejar(sesion.raiz, {salida: a_planilla(contenido, ctx.vista().servicio)}, asi)
    sesion.responder(_de_simulacion(s), _en_palabras(s, salida))


def _de_simulacion(s: Simulacion) -> list[dict[str, Any]]:
    return [
        {
            "archivo": f.archivo,
            "codigo": f.codigo,
            "version": f.version,
            "problemas": list(f.problemas),
            "decision": f.decision,
            "estado": f.estado,
        }
        for f in s.filas
    ]


def _en_palabras(s: Simulacion, salida: Path) -> str:
    importan = [f for f in s.filas if f.decision == IMPORTAR]
    papeles = sum(f.decision == EVIDENCIA for f in s.filas)
    return "\n".join(
        [
            f"Archivos hallados: {len(s.filas)}. Nada se ha importado.",
            f"  Versiones por importar: {len(importan)}, de {len({f.codigo for f in importan})} códigos",
            f"  Con algo que mirar: {sum(bool(f.problemas) for f in importan)}",
            f"  Evidencias: {papeles}",
            f"  Se propone omitir: {len(s.filas) - len(importan) - papeles}",
            f"Planilla: {salida}",
            "Revísela, complete lo naranjo y siga con: sgc-gt importar CARPETA --planilla " + str(salida),
        ]
    )


def _llevar_a_cabo(sesion: Sesion, rutas: tuple[Path, ...], planilla: Path, area: str) -> None:
    libro = o.leer_archivo(planilla)
    ctx = sesion.contexto
    leida = leer_planilla(libro.contenido, libro.nombre, ctx.vista().servicio)
    archivos = hallar(rutas, ctx.raiz, (planilla,))
    with ctx.repo.compartiendo():
        lote = validar(ctx, leida, archivos, libro.nombre, area)
    total = len(lote.versiones)

    def contar(n: int, nueva: Importacion) -> None:
        if n % CADA == 0 or n == total:
            sesion.avisar(f"{n} de {total}: {nueva.codigo} versión {nueva.version}")

    llevar_a_cabo(ctx, lote, contar)
    hechos = resumen(leida, lote)
    sesion.responder(
        [h._asdict() | {"problemas": list(h.problemas), "difiere": list(h.difiere)} for h in hechos],
        _contar(hechos),
    )


def _contar(hechos: list[Hecho]) -> str:
    def cuantos(resultado: str) -> int:
        return sum(h.resultado == resultado for h in hechos)

    lineas = [f"Versiones importadas: {cuantos('importada')}."]
    if cuantos("ya_estaba"):
        lineas.append(f"Ya estaban: {cuantos('ya_estaba')}.")
    distintas = [h for h in hechos if h.difiere]
    if distintas:
        lineas.append("Corregidas en la planilla después de importarse; lo importado no cambia:")
        lineas += [f"  {h.codigo} versión {h.version}: {', '.join(h.difiere)}" for h in distintas]
        lineas.append("  Corríjalo en la versión siguiente: sgc-gt nueva-version COD")
    lineas.append(f"Evidencias: {cuantos('evidencia')}. Omitidas: {cuantos('omitida')}.")
    lineas.append("Vea lo que rige con: sgc-gt estado")
    return "\n".join(lineas)


def _cada(sesion: Sesion, n: int, texto: str) -> None:
    if n % (CADA * 5) == 0:
        sesion.avisar(texto)

"""Las órdenes de la distribución: a quién llega cada versión, quién la conoce y qué copias se retiran."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.distribuido import cuantos_son, responder_distribucion
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio.distribucion import (
    CONOCIMIENTOS,
    COPIAS,
    DESTINATARIOS,
    DESTINOS,
    ENTREGA,
    NUMERO_MAXIMO,
    OTROS,
    RETIRADAS,
    SOPORTES,
    dicho,
)
from sgc_gt.dominio.etiquetas import DESTINOS_COPIA, ORIGENES, SOPORTES_COPIA
from sgc_gt.errores import ActoNoPermitido, UsoIncorrecto

if TYPE_CHECKING:
    from sgc_gt.dominio.asistencia import Asistente

_VERSION = click.option(
    "--version", "version", default="", metavar="V", help="Versión; la que rige si no se dice."
)


@orden()
@o.con(o.codigo)
@click.option(
    "--a",
    "a",
    multiple=True,
    metavar="Q",
    help="A quién: un cargo, un rol, una región o «todas»; se puede repetir. Queda como destinatario.",
)
@click.option("--quitar", multiple=True, metavar="Q", help="Deja de ser destinatario; se puede repetir.")
@click.option(
    "--copia",
    type=click.Choice(SOPORTES),
    help="Entrega una copia controlada y numerada a cada uno.",
)
@click.option(
    "--numero",
    type=click.IntRange(1, NUMERO_MAXIMO),
    metavar="N",
    help="El número que la copia ya tenía; si no se dice, el que sigue.",
)
@o.con(_VERSION, o.fecha, o.motivo, o.adjunto)
@con_sesion
def distribuir(
    sesion: Sesion,
    codigo: str,
    a: tuple[str, ...],
    quitar: tuple[str, ...],
    copia: str | None,
    numero: int | None,
    version: str,
    **valores: Any,
) -> None:
    """Anota a quiénes llega un documento y entrega copias controladas con su número.

    Ejemplo: sgc-gt distribuir PR-GT-01 --a todas --copia papel
    """
    from sgc_gt.ordenes.distribucion import Reparto  # noqa: PLC0415  (arranque en frío)
    from sgc_gt.ordenes.distribucion import distribuir as hacer  # noqa: PLC0415

    if numero and not copia:
        raise UsoIncorrecto(
            "el número es de una copia controlada, y no se dice en qué soporte está",
            lugar="--numero",
            esperado="--copia papel o --copia electronica",
        )
    hecho = hacer(
        sesion.contexto, codigo, Reparto(a, quitar, copia or "", numero or 0, version), o.peticion(**valores)
    )
    org = sesion.contexto.vista().organizacion
    lineas = []
    copias = hecho.extra.get(COPIAS, ())
    lineas += [
        f"  Copia controlada N° {c['numero']}, {SOPORTES_COPIA[c['soporte']]}: {org.nombre_cargo(c['cargo'])}"
        for c in copias
    ]
    if DESTINATARIOS in hecho.extra:
        nombrados = [dicho(p, org.nombre_cargo) for p in hecho.extra[DESTINATARIOS]]
        lineas.append(f"  Destinatarios: {', '.join(nombrados) or 'ninguno'}.")
    if copias:
        n = copias[0]["numero"]
        lineas.append(f"  El archivo de cada una: sgc-gt copia {codigo} --controlada {n} --pdf")
    quienes = len(copias) or len(hecho.extra.get(ENTREGA, ()))
    a_quien = f" a {cuantos_son(quienes, 0)}" if quienes else ""
    responder_distribucion(
        sesion, hecho, f"Se distribuye {codigo} versión {hecho.resultado.version}{a_quien}.", lineas
    )


@orden("tomar-conocimiento")
@o.con(o.codigo)
@click.option(
    "--de",
    "cargos",
    multiple=True,
    metavar="CARGO",
    help="Cargo que firmó la hoja o respondió el correo; se puede repetir.",
)
@click.option(
    "--lista",
    type=o.ARCHIVO,
    metavar="F",
    help="Lista de asistencia (.xlsx o .csv), con columna «Cargo» o «Correo»; exige la hoja en --adjunto.",
)
@click.option(
    "--otros",
    type=click.IntRange(0, 10_000),
    default=0,
    metavar="N",
    help="Cuántas personas más firmaron y no ejercen un cargo del servicio.",
)
@click.option(
    "--hoja",
    type=o.ARCHIVO,
    metavar="F.docx",
    help="No anota nada: deja la hoja para imprimir y firmar, con quienes faltan.",
)
@o.con(_VERSION, o.fecha, o.motivo, o.adjunto)
@con_sesion
def tomar_conocimiento(
    sesion: Sesion,
    codigo: str,
    cargos: tuple[str, ...],
    lista: Path | None,
    otros: int,
    hoja: Path | None,
    version: str,
    **valores: Any,
) -> None:
    """Deja constancia de que se leyó la versión que rige: uno mismo, o quienes firmaron el papel adjunto.

    Ejemplo: sgc-gt tomar-conocimiento PR-GT-01 --de dr-11 --de dr-12 --adjunto hoja_firmada.pdf
    """
    if hoja:
        _dejar_hoja(sesion, codigo, hoja)
        return
    from sgc_gt.ordenes.distribucion import Firmantes  # noqa: PLC0415  (arranque en frío)
    from sgc_gt.ordenes.distribucion import tomar_conocimiento as hacer  # noqa: PLC0415

    peticion = o.peticion(**valores)
    if lista and not peticion.adjuntos:
        raise UsoIncorrecto(
            "la lista dice quiénes fueron, y no prueba que firmaron",
            lugar="--lista",
            esperado="además, la hoja firmada",
            hacer="adjúntela escaneada con --adjunto",
        )
    asistentes: tuple[Asistente, ...] = ()
    if lista:
        from sgc_gt.listas.asistencia import leer_asistencia  # noqa: PLC0415  (openpyxl, solo si se pide)

        archivo = o.leer_archivo(lista)
        asistentes = leer_asistencia(archivo.contenido, archivo.nombre)
        peticion = peticion._replace(adjuntos=(*peticion.adjuntos, archivo))
    hecho = hacer(sesion.contexto, codigo, version, Firmantes(cargos, asistentes, otros), peticion)
    tomas = hecho.extra.get(CONOCIMIENTOS)
    otras = hecho.extra.get(OTROS, 0)
    quienes = 1 if tomas is None else len(tomas)
    cuantos = cuantos_son(quienes, otras)
    origen = hecho.resultado.origen
    como = "" if origen == "por_la_persona" else f" ({ORIGENES[origen]})"
    responder_distribucion(
        sesion,
        hecho,
        f"Toman conocimiento de {codigo} versión {hecho.resultado.version}: {cuantos}{como}."
        if quienes != 1 or otras
        else f"Toma conocimiento de {codigo} versión {hecho.resultado.version}{como}.",
        [],
    )


def _dejar_hoja(sesion: Sesion, codigo: str, hoja: Path) -> None:
    """La hoja para firmar, con quienes no han tomado conocimiento de la versión que rige."""
    from sgc_gt.consultas.distribucion import a_dict, distribucion_de  # noqa: PLC0415  (arranque en frío)
    from sgc_gt.consultas.hojas import datos_de_la_hoja  # noqa: PLC0415
    from sgc_gt.ordenes.hojas import hoja_docx  # noqa: PLC0415  (Word, solo si se pide)
    from sgc_gt.ordenes.salida import dejar  # noqa: PLC0415

    if hoja.suffix.lower() != ".docx":
        raise UsoIncorrecto(
            "la hoja es un archivo de Word", lugar=str(hoja), esperado="un nombre terminado en .docx"
        )
    ctx = sesion.consulta
    vista = ctx.vista()
    ahora = ctx.ahora(vista)
    a = distribucion_de(vista, codigo, ahora.date())
    if not a.faltan:
        raise ActoNoPermitido(
            f"de la versión {a.version} no falta que nadie tome conocimiento"
            if a.definida
            else "este documento no tiene una versión vigente con destinatarios definidos",
            lugar=codigo,
            hacer=f"vea la distribución con: sgc-gt expediente {codigo}"
            if a.definida
            else f"diga quiénes deben conocerlo: sgc-gt distribuir {codigo} --a CARGO",
        )
    [archivo] = dejar(ctx.raiz, {hoja: hoja_docx(vista, codigo, datos_de_la_hoja(vista, a), ahora)})
    cuantos = "un cargo" if len(a.faltan) == 1 else f"{len(a.faltan)} cargos"
    sesion.responder(
        {**a_dict(a, ahora.date()), "archivo": str(archivo)},
        f"Hoja para firmar, {codigo} versión {a.version}, {cuantos}: {archivo}\n"
        f"  Firmada, se anota con: sgc-gt tomar-conocimiento {codigo} --de CARGO --adjunto HOJA.pdf",
    )


@orden("retirar-copia")
@o.con(o.codigo)
@click.option(
    "--copia",
    "numeros",
    type=click.IntRange(1, NUMERO_MAXIMO),
    multiple=True,
    metavar="N",
    help="Número de la copia controlada; se puede repetir.",
)
@click.option("--devuelta", is_flag=True, help="Volvió a control documental.")
@click.option("--destruida", is_flag=True, help="Se destruyó donde estaba.")
@click.option("--extraviada", is_flag=True, help="No se encontró; diga por qué en --motivo.")
@o.con(o.fecha, o.motivo, o.adjunto)
@con_sesion
def retirar_copia(sesion: Sesion, codigo: str, numeros: tuple[int, ...], **valores: Any) -> None:
    """Anota que una copia controlada se retiró, y en qué terminó; el acuse va con --adjunto.

    Ejemplo: sgc-gt retirar-copia PR-GT-01 --copia 7 --destruida --adjunto acta.pdf
    """
    from sgc_gt.ordenes.distribucion import retirar_copias as hacer  # noqa: PLC0415  (arranque en frío)

    if not numeros:
        raise UsoIncorrecto(
            "falta decir qué copia se retira",
            lugar="--copia",
            esperado="su número",
            hacer=f"vea las copias de {codigo} con: sgc-gt historial {codigo} --acto distribuir",
        )
    dichos = [d for d in DESTINOS if valores.pop(d)]
    if len(dichos) != 1:
        raise UsoIncorrecto(
            "una copia termina de una sola manera" if dichos else "falta decir en qué terminó la copia",
            lugar=", ".join(f"--{d}" for d in dichos),
            esperado=" o ".join(f"--{d}" for d in DESTINOS),
            hacer="deje una de esas opciones" if dichos else "use una de esas opciones",
        )
    [destino] = dichos
    hecho = hacer(sesion.contexto, codigo, numeros, destino, o.peticion(**valores))
    retiradas = hecho.extra[RETIRADAS]
    cuales = ", ".join(map(str, retiradas))
    sujeto = f"la copia N° {cuales}" if len(retiradas) == 1 else f"las copias N° {cuales}"
    fin = DESTINOS_COPIA[destino] + ("s" if len(retiradas) > 1 else "")
    quedan = len(hecho.alcance.por_retirar)
    resto = f"  Por retirar de versiones anteriores: {quedan}." if quedan else ""
    version = hecho.resultado.version
    responder_distribucion(
        sesion, hecho, f"Se retira {sujeto} de {codigo} versión {version}: {fin}.", [resto] if resto else []
    )

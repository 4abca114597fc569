"""`iniciar` y `demo`: donde todo comienza."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from sgc_gt import inicial as trae
from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion, reloj
from sgc_gt.config.ejemplo_sgt import Traduccion, traducir
from sgc_gt.config.inicial import inicial as configuracion_inicial
from sgc_gt.contexto import Contexto
from sgc_gt.dominio.rutas import ANTECEDENTES, POR_IMPORTAR
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes import servicio as servicios
from sgc_gt.ordenes.iniciar import Inicial, crear_documentos
from sgc_gt.ordenes.iniciar import iniciar as iniciar_
from sgc_gt.repositorio.persona import persona

SIN_IDENTIDAD = "control.documental@servicio.example"


@orden()
@click.argument("carpeta", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--servicio", type=o.ARCHIVO, metavar="F.yaml", help="Un servicio entero, en el esquema demo-sgt/1."
)
@con_sesion
def iniciar(sesion: Sesion, carpeta: Path, servicio: Path | None) -> None:
    """Crea la carpeta de un servicio, con su configuración, sus plantillas y sus documentos de partida.

    Ejemplo: sgc-gt iniciar C:\\sgc
    """
    quien = persona(Path.cwd())
    correo = quien.correo.lower() if quien else ""
    if servicio:
        archivo = o.leer_archivo(servicio)
        traducido = traducir(archivo.contenido, archivo.nombre)
        ctx = iniciar_(carpeta, servicios.inicial_de(traducido, _de_partida()), reloj, correo)
    else:
        traducido = None
        propio = correo or SIN_IDENTIDAD
        hoy = reloj().astimezone(ZoneInfo("America/Santiago")).date()
        sgc = configuracion_inicial(
            "Nombre del servicio", "SERVICIO", propio, quien.nombre if quien else "", hoy
        )
        # Con correo propio la carpeta no se identifica: taparía el de quien entre después a este equipo.
        ctx = iniciar_(carpeta, _de_partida()._replace(sgc=sgc), reloj, propio, identificar=not correo)
    creados = _completar(ctx, traducido)
    _contar(sesion, ctx, creados, traducido, suyo=bool(correo) and not servicio)


def _de_partida() -> Inicial:
    """Con lo que el programa trae; la configuración la pone cada servicio."""
    return Inicial(b"", trae.plantillas(), trae.series(), requisitos=trae.requisitos())


def _completar(ctx: Contexto, traducido: Traduccion | None) -> tuple[str, ...]:
    if traducido:
        servicios.registrar_externos(ctx, traducido)
    return crear_documentos(ctx, trae.documentos())


def _contar(
    sesion: Sesion, ctx: Contexto, creados: tuple[str, ...], traducido: Traduccion | None, suyo: bool
) -> None:
    valor: dict[str, object] = {
        "raiz": str(ctx.raiz),
        "documentos": list(creados),
        "correo": ctx.persona.correo,
    }
    lineas = [
        f"Servicio creado en {ctx.raiz}",
        f"Usted es control documental, con el correo de este equipo: {ctx.persona.correo}."
        if suyo
        else f"Esta carpeta queda identificada con {ctx.persona.correo} (control documental).",
        f"Borradores de partida: {', '.join(creados) or 'ninguno'}.",
    ]
    if traducido:
        valor["por_importar"] = [d["codigo"] for d in traducido.por_importar]
        valor["no_usadas"] = [{"clave": c, "razon": r} for c, r in traducido.no_usadas]
        cuantos = len(traducido.por_importar)
        lineas.append(f"Documentos declarados sin archivo: {cuantos}, anotados en {POR_IMPORTAR}.")
        valor["antecedentes"] = sorted(traducido.antecedentes)
        lineas.append(
            f"Lo que el archivo dice de planes, registros y copias quedó declarado en {ANTECEDENTES}."
        )
        lineas.append(
            f"Claves del archivo que no se usan aún: {len(traducido.no_usadas)} (con --json se ven todas)."
        )
    else:
        lineas.append("Antes de seguir, complete en sgc.yaml el servicio, sus cargos y sus personas,")
        lineas.append('y regístrelo con: sgc-gt configurar --motivo "Datos del servicio"')
    if ctx.persona.correo == SIN_IDENTIDAD:
        lineas.append(
            "Este equipo no tiene correo. Póngalo en sgc.yaml y, después de configurar, dígalo dentro"
        )
        lineas.append('de la carpeta: git config user.email "su.correo"')
    lineas.append("Siga con: sgc-gt estado   (dentro de la carpeta)")
    sesion.responder(valor, "\n".join(lineas))


@orden()
@click.argument("carpeta", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--anio", type=int, metavar="A", help="Año que se representa; el anterior si no se dice.")
@con_sesion
def demo(sesion: Sesion, carpeta: Path, anio: int | None) -> None:
    """Crea el año completo de un servicio ficticio, acto por acto, para mirarlo y probar.

    Ejemplo: sgc-gt demo demo-sgc
    """
    from sgc_gt.ejemplo.anio import representar  # noqa: PLC0415

    ultimo = reloj().year - 1
    if anio is not None and not 2018 <= anio <= ultimo:
        raise UsoIncorrecto(
            f"{anio} no se puede representar entero",
            lugar="--anio",
            esperado=f"un año de 2018 a {ultimo}",
            hacer="elija uno de ellos, o no diga ninguno",
        )
    resumen = representar(carpeta, anio or ultimo, sesion.avisar)
    sesion.responder(resumen.valor, resumen.texto)

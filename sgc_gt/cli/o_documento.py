"""Las órdenes que llevan un archivo: crear, nueva-version, generar, entregar y preparar-firma."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.respuestas import avisar_pendientes, firmado, resultado_a_dict
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio import rutas
from sgc_gt.dominio.compuertas import PROPUESTA, SIN_PROPUESTA
from sgc_gt.ordenes.crear import Nuevo
from sgc_gt.ordenes.crear import crear as crear_
from sgc_gt.ordenes.entregar import Recepcion
from sgc_gt.ordenes.entregar import entregar as entregar_
from sgc_gt.ordenes.firma import preparar_firma as preparar_firma_
from sgc_gt.ordenes.generar import generar as generar_
from sgc_gt.ordenes.identidad import codigo_de
from sgc_gt.ordenes.movimiento import Resultado
from sgc_gt.ordenes.nueva_version import nueva_version as nueva_version_
from sgc_gt.ordenes.salida import exigir_fuera


def _responder(sesion: Sesion, r: Resultado, oracion: str) -> None:
    ficha = sesion.contexto.vista().ficha(r.codigo)
    archivo = rutas.ruta_borrador(ficha, r.archivo) if r.archivo else ""
    donde = f"\nBorrador: {archivo}" if archivo else f"\nFalta el archivo: sgc-gt entregar {r.codigo} ARCHIVO"
    sesion.responder(
        {**resultado_a_dict(r), "archivo": archivo}, "\n".join([oracion, *firmado(r.firma)]) + donde
    )
    sesion.advertir(r.avisos)
    avisar_pendientes(sesion, [r])


@orden()
@click.argument("tipo")
@click.option("--titulo", required=True, metavar="T", help="Título del documento.")
@click.option(
    "--codigo", metavar="C", default="", help="Código; si no se dice, el que sigue según la máscara."
)
@click.option("--area", metavar="A", default="", help="Área o proceso.")
@click.option("--elabora", metavar="CARGO", default="", help="Cargo que elabora.")
@click.option("--revisa", metavar="CARGO", multiple=True, help="Cargo que revisa; se puede repetir.")
@click.option("--aprueba", metavar="CARGO", default="", help="Cargo que aprueba.")
@click.option(
    "--responsable",
    metavar="CARGO",
    default="",
    help="Responsable del proceso; quien elabora, si no se dice.",
)
@click.option("--periodo", metavar="P", default="", help="Año o período al que se refiere.")
@click.option(
    "--region",
    metavar="R",
    multiple=True,
    callback=o.una_sola,
    help="Región de un registro: su código o su nombre.",
)
@click.option(
    "--para",
    metavar="Q",
    multiple=True,
    help="Quién debe conocerlo: un cargo, un rol, una región o «todas»; se puede repetir.",
)
@click.option(
    "--documento",
    metavar="COD",
    default="",
    help="Aquel de que trata una lista de distribución o una toma de conocimiento: se llena con lo anotado.",
)
@click.option(
    "--datos", type=o.ARCHIVO, metavar="F", help="Datos del documento: .yaml, o su formulario de Excel."
)
@click.option(
    "--archivo", type=o.ARCHIVO, metavar="F", help="El archivo, si el tipo admite cualquier formato."
)
@o.con(o.solicitud, o.producto, o.fecha, o.motivo, o.adjunto)
@con_sesion
def crear(
    sesion: Sesion,
    tipo: str,
    titulo: str,
    codigo: str,
    area: str,
    elabora: str,
    revisa: tuple[str, ...],
    aprueba: str,
    responsable: str,
    periodo: str,
    region: str,
    para: tuple[str, ...],
    documento: str,
    datos: Path | None,
    archivo: Path | None,
    **valores: Any,
) -> None:
    """Crea un documento controlado y genera su borrador.

    Ejemplo: sgc-gt crear procedimiento --titulo "Otorgamiento de subsidios" --area FOM --elabora cr1
    """
    nuevo = Nuevo(tipo, titulo, codigo, area, elabora, revisa, aprueba, responsable, periodo, region, para)
    nuevo = nuevo._replace(documento=documento.strip().upper())
    r = crear_(
        sesion.contexto,
        nuevo,
        o.peticion(**valores),
        datos=o.leer_archivo(datos) if datos else None,
        archivo=o.leer_archivo(archivo) if archivo else None,
    )
    version = f", versión {r.version}" if r.version else ""
    _responder(sesion, r, f"Se crea {r.codigo}{version}.")


@orden("nueva-version")
@o.con(o.codigo, o.motivo, o.solicitud, o.producto, o.fecha, o.adjunto)
@click.option("--menor", is_flag=True, help="Cambio menor: sigue el circuito abreviado.")
@click.option(
    "--convertir",
    is_flag=True,
    help="Pasa un documento importado a la plantilla, sin perder nada.",
)
@click.option("--periodo", metavar="P", default="", help="Año o período de la versión, si es otro.")
@o.con(o.propuesta, o.sin_propuesta)
@con_sesion
def nueva_version(
    sesion: Sesion,
    codigo: str,
    menor: bool,
    convertir: bool,
    periodo: str,
    propuesta: str,
    sin_propuesta: str,
    **valores: Any,
) -> None:
    """Abre el borrador de la versión siguiente; la vigente sigue rigiendo.

    Ejemplo: sgc-gt nueva-version PR-GT-01 --motivo "Incorpora la nueva región"
    """
    dichas = {PROPUESTA: propuesta.strip().upper(), SIN_PROPUESTA: sin_propuesta.strip()}
    peticion = o.peticion(**valores)
    peticion = peticion._replace(extra={**peticion.extra, **{k: v for k, v in dichas.items() if v}})
    r = nueva_version_(sesion.contexto, codigo, peticion, menor=menor, convertir=convertir, periodo=periodo)
    _responder(sesion, r, f"Se abre {r.codigo}, versión {r.version}.")


@orden()
@o.con(o.codigo, o.fecha, o.motivo, o.adjunto)
@click.option(
    "--datos",
    multiple=True,
    type=o.ARCHIVO,
    metavar="F|DIR",
    help="Datos nuevos: .yaml, o formularios de Excel (se puede repetir, o decir su carpeta); si no, los que "
    "están junto al borrador.",
)
@click.option("--descartar-edicion", is_flag=True, help="Pierde lo escrito en Word y genera desde los datos.")
@con_sesion
def generar(
    sesion: Sesion, codigo: str, datos: tuple[Path, ...], descartar_edicion: bool, **valores: Any
) -> None:
    """Genera de nuevo el borrador desde la plantilla y los datos.

    Ejemplo: sgc-gt generar PL-GT-01 --datos plan.yaml
    """
    r = generar_(
        sesion.contexto,
        codigo,
        o.peticion(**valores),
        [o.leer_archivo(ruta) for ruta in o.archivos_de(datos)],
        descartar_edicion=descartar_edicion,
    )
    version = f", versión {r.version}" if r.version else ""
    _responder(sesion, r, f"Se genera el borrador de {r.codigo}{version}.")


@orden()
@click.argument("documento", metavar="COD|ARCHIVO")
@click.argument("archivo", required=False, type=o.ARCHIVO, metavar="[ARCHIVO]")
@o.con(o.fecha, o.motivo, o.adjunto)
@con_sesion
def entregar(sesion: Sesion, documento: str, archivo: Path | None, **valores: Any) -> None:
    """Entrega un borrador editado: el de su carpeta o el archivo indicado, que dice él mismo cuál es.

    Ejemplo: sgc-gt entregar PR-GT-01
    """
    solo = archivo is None and _es_archivo(documento)
    ruta = Path(documento) if solo else archivo
    adjunto = o.leer_archivo(ruta) if ruta else None
    codigo = codigo_de(sesion.contexto.vista(), adjunto) if solo and adjunto else documento.strip().upper()
    recepcion = entregar_(sesion.contexto, codigo, o.peticion(**valores), adjunto)
    _responder_entrega(sesion, codigo, recepcion)


def _es_archivo(texto: str) -> bool:
    """Un código no lleva punto ni es un archivo de esta carpeta; «acta.docx» y «../acta.docx», sí."""
    return Path(texto).is_file() or bool(Path(texto).suffix)


def _responder_entrega(sesion: Sesion, codigo: str, recepcion: Recepcion) -> None:
    """Qué cambió y por quién se cuenta; los avisos, aparte."""
    r = recepcion.resultado
    valor: dict[str, Any] = resultado_a_dict(r) if r else {"codigo": codigo, "version": "", "archivo": ""}
    valor |= {**recepcion._asdict(), "avisos": list(recepcion.avisos)}
    del valor["resultado"]
    lineas = [
        f"Se entrega el borrador de {codigo}."
        if r
        else f"{codigo} dice lo mismo que antes: no hay nada que registrar."
    ]
    lineas += firmado(r.firma) if r else []
    lineas += [f"  - {c['seccion']}: {_cuantos(len(c['cambios']))}" for c in recepcion.cambios]
    if r and recepcion.fila:
        lineas += ["Fila propuesta para el control de cambios:"]
        lineas += [f"  Secciones: {recepcion.fila['secciones']}"]
        lineas += [f"  Descripción: {recepcion.fila['descripcion']}"]
    sesion.responder(valor, "\n".join(lineas))
    sesion.advertir((*recepcion.avisos, *recepcion.encabezados))


def _cuantos(cambios: int) -> str:
    return "un cambio" if cambios == 1 else f"{cambios} cambios"


@orden("preparar-firma")
@o.con(o.codigos)
@click.option(
    "-o",
    "salida",
    type=o.ARCHIVO,
    metavar="DIR",
    help="Carpeta donde dejar los archivos; la actual si no se dice.",
)
@con_sesion
def preparar_firma(sesion: Sesion, codigos: tuple[str, ...], salida: Path | None) -> None:
    """Deja listo para firmar: el PDF de cada documento y, si son varios, el borrador de la resolución.

    Ejemplo: sgc-gt preparar-firma PR-GT-01 PR-SGC-01 -o ../para_firma
    """
    exigir_fuera(sesion.raiz, salida or Path.cwd())
    archivos = preparar_firma_(sesion.consulta, list(codigos), salida or Path.cwd())
    nombres = [str(a) for a in archivos]
    sesion.responder({"archivos": nombres}, "Para firma:\n" + "\n".join(f"  {n}" for n in nombres))

"""Las páginas del punto de uso: el índice, y por cada código un enlace que sobrevive a sus versiones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import PurePath
from urllib.parse import quote

from sgc_gt.consultas.publicado import Publicado
from sgc_gt.dominio.actos import CONSERVADOS, RETIRADOS
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha, sumar_meses
from sgc_gt.dominio.publicacion import LISTAS
from sgc_gt.dominio.punto_de_uso import MESES_RECIENTES, Documento, Emitida, Retirado
from sgc_gt.dominio.tabla import Tabla, texto_de
from sgc_gt.paginas.armar import armar

FORMATOS = {".pdf": "PDF", ".docx": "Word", ".xlsx": "Excel", ".pptx": "PowerPoint"}

_REGISTROS = (
    "codigo",
    "nombre",
    "responsable",
    "almacenamiento",
    "retencion",
    "acceso",
    "archivados",
    "ultimo",
    "lo_pide",
)
_EXTERNOS = ("id", "titulo", "emisor", "version", "vigencia_hasta", "ubicacion", "usado_por", "estado")


def indice(datos: Publicado, archivos: Mapping[str, str], *, sin_pdf: bool) -> str:
    """`index.html`. `archivos` da la ruta del archivo de cada código, solo de los que están en la carpeta."""
    tablas = {lista.nombre: lista.tabla for lista in datos.listas}
    registros, externos = tablas["lista_registros"], tablas["documentos_externos"]
    return armar(
        "publicado",
        datos=datos,
        cuantos=_cuantos(len(datos.documentos)),
        archivos={codigo: quote(ruta) for codigo, ruta in archivos.items()},
        sin_pdf=sin_pdf,
        areas=_por_area(datos.documentos),
        tipos=sorted({d.tipo for d in datos.documentos}),
        desde=sumar_meses(datos.corte, -MESES_RECIENTES),
        tablas=[
            (
                "registros",
                "Registros",
                "El catálogo de registros está vacío.",
                *_elegidas(registros, _REGISTROS),
            ),
            (
                "externos",
                "Documentos externos",
                "No hay documentos externos en uso.",
                *_elegidas(externos, _EXTERNOS),
            ),
        ],
        listas=[(ruta_de_lista(lista.nombre), lista.tabla.titulo) for lista in datos.listas],
        emitidas=sorted(((e, *frase(e)) for e in datos.emitidas), key=lambda e: e[0].verificacion),
        formato=formato,
        oracion=oracion,
    )


def enlace(datos: Publicado, d: Documento | Retirado, archivo: str) -> str:
    """La página de un código: lleva a lo que rige, o dice que ya no rige. No depende del día."""
    rige = isinstance(d, Documento)
    return armar("enlace", servicio=datos.servicio, d=d, archivo=quote(archivo), rige=rige, oracion=oracion)


def ruta_de_lista(nombre: str) -> str:
    """Dónde queda la lista dentro de la carpeta publicada."""
    return f"{LISTAS}/{nombre}.xlsx"


def frase(e: Emitida) -> tuple[str, str]:
    """Qué es hoy esa versión, en una palabra y en una oración, para quien tiene el papel en la mano."""
    desde, hasta = (imprimir_fecha(f) if f else "" for f in (e.desde, e.hasta))
    oraciones = {
        "vigente": f"Rige desde el {desde}.",
        **dict.fromkeys((*CONSERVADOS, *RETIRADOS), f"Es un registro del {desde}."),
        "emitido": f"Está aprobado y regirá desde el {desde}.",
    }
    if e.sucesora:
        obsoleto = f"Lo reemplaza la versión {e.sucesora} desde el {hasta}."
    else:
        obsoleto = f"Quedó sin efecto el {hasta}."
    palabra = "Todavía no rige" if e.estado == "emitido" else ESTADOS[e.estado]
    return palabra, oraciones.get(e.estado, obsoleto)


def formato(archivo: str) -> str:
    """«PDF», «Word», o la extensión."""
    sufijo = PurePath(archivo).suffix.lower()
    return FORMATOS.get(sufijo, sufijo.lstrip(".").upper())


def oracion(texto: str) -> str:
    """El texto como oración: con mayúscula y con punto."""
    limpio = texto.strip()
    return f"{limpio[:1].upper()}{limpio[1:].rstrip('.')}." if limpio else ""


def _cuantos(n: int) -> str:
    return "1 documento" if n == 1 else f"{n} documentos"


def _por_area(documentos: Iterable[Documento]) -> list[tuple[str, list[Documento]]]:
    ordenados = sorted(documentos, key=lambda d: (d.area, d.codigo))
    return [(area, list(suyos)) for area, suyos in groupby(ordenados, lambda d: d.area)]


def _elegidas(tabla: Tabla, claves: tuple[str, ...]) -> tuple[list[object], list[list[str]]]:
    """Las columnas que caben en una página, y sus celdas como la gente las lee; el Excel trae todas."""
    columnas = [c for c in tabla.columnas if c.clave in claves]
    return [*columnas], [[texto_de(fila.get(c.clave)) for c in columnas] for fila in tabla.filas]

"""Los valores con que se decide: lo que hay en el disco, lo que se recuerda y lo que dice la historia."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

INTERCAMBIO = "intercambio"
"""Un archivo en la carpeta conectada de un cargo."""
BORRADOR = "borrador"
"""El borrador, editado en la propia carpeta del servicio."""
VIGENTE = "vigente"
"""El archivo de la versión que rige, en la carpeta del servicio."""


class Firma(NamedTuple):
    """Lo que cambia cuando alguien guarda: tamaño, hora y nodo (un reemplazo trae otro)."""

    tamano: int
    mtime: int
    nodo: int


class Visto(NamedTuple):
    """Un archivo tal como está ahora, sin abrirlo."""

    ruta: str
    lugar: str
    dueno: str  # el cargo de la carpeta; el código, si está en la del servicio
    firma: Firma
    abierto: bool = False

    @property
    def nombre(self) -> str:
        """Su nombre, sin la carpeta."""
        return self.ruta.replace("\\", "/").rpartition("/")[2]


class Foto(NamedTuple):
    """Lo que se ve al mirar: los archivos, y qué carpetas conectadas están y cuáles no."""

    vistos: Mapping[str, Visto]
    presentes: Mapping[str, str]  # cargo → carpeta que se pudo mirar
    ausentes: Mapping[str, str] = {}  # cargo → carpeta que no está o no se deja mirar
    avisos: frozenset[str] = frozenset()  # rutas de los avisos de «abierto»
    base: str = ""  # la carpeta que las contiene
    sin_base: str = ""  # la misma, cuando no está


class Lectura(NamedTuple):
    """Lo que un archivo dice de sí cuando se abre."""

    sha256: str
    completo: bool = True
    codigo: str = ""
    version: str = ""
    huella: str = ""
    borrador: bool = True  # dice ser un borrador, y no una versión emitida
    respuesta: bool = False  # es una copia con observaciones que escribió el sistema
    tocada: bool = False  # y alguien escribió en ella
    contestado: str = ""  # un resumen de lo que ahí se contestó a las observaciones


class Rastro(NamedTuple):
    """Lo que se recuerda de un archivo mientras no cambie."""

    firma: Firma
    desde: float  # cuándo se lo vio así por primera vez
    lectura: Lectura | None = None
    respondido: str = ""  # lo último que se hizo por él, y con qué estado del documento
    hasta: float = 0.0  # no se vuelve a intentar antes
    fue: tuple[str, str] = ("", "")  # qué código y versión era la última vez que se abrió


class Memoria(NamedTuple):
    """Todo lo que se recuerda entre dos miradas. Se puede perder sin perder nada."""

    rastros: Mapping[str, Rastro] = {}
    faltan: Mapping[str, float] = {}  # copia que debería estar → desde cuándo no está
    perdidas: frozenset[str] = frozenset()  # cargos cuya carpeta ya se dijo que no está
    conocidas: frozenset[str] = frozenset()  # cargos cuya carpeta alguna vez estuvo


class Expediente(NamedTuple):
    """Lo que la historia dice de un documento, en lo que aquí importa."""

    codigo: str
    version: str = ""  # la que está en trabajo; vacía si no hay
    estado: str = ""
    archivo: str = ""  # el nombre de su borrador
    sha256: str = ""
    huella: str = ""
    cargos: tuple[str, ...] = ()  # quienes lo elaboran
    conocidas: Mapping[str, frozenset[str]] = {}  # versión → los resúmenes y huellas que la historia guarda
    borrador: str = ""  # la ruta de su borrador en la carpeta del servicio
    observado: str = ""  # sus observaciones por responder, si las tiene
    vigente: str = ""  # la ruta del archivo que rige
    vigente_sha256: str = ""


class Ajustes(NamedTuple):
    """Cuánto se espera, en segundos."""

    quietud: float = 5.0
    quietud_abierto: float = 600.0  # con el documento abierto en Word
    paciencia: float = 600.0  # antes de decir que un archivo sigue a medio copiar
    maximo: int = 60 * 1024 * 1024  # bytes: más que esto no se abre


LEER = "leer"
RECIBIR = "recibir"
PONER = "poner"
REPONER = "reponer"
RETIRAR = "retirar"
RESTITUIR = "restituir"
AVISAR = "avisar"
CONTESTAR = "contestar"
RESPONDER = "responder"


class Accion(NamedTuple):
    """Algo que hacer con un archivo o una carpeta."""

    clase: str
    ruta: str
    codigo: str = ""
    cargo: str = ""
    causa: str = ""  # de un aviso
    clave: str = ""  # con qué estado del documento se decidió: no se repite mientras siga igual


class Mundo(NamedTuple):
    """Todo lo que hay que mirar para decidir."""

    foto: Foto
    memoria: Memoria
    mesa: Mapping[str, Expediente]  # código → lo que dice la historia
    personas: Mapping[str, tuple[str, ...]]  # cargo → los correos de quienes hoy pueden actuar por él
    ajustes: Ajustes
    ahora: float  # un reloj que no retrocede


class Plan(NamedTuple):
    """Qué hacer ahora, y cuándo volver a mirar aunque nadie avise (None: cuando algo cambie)."""

    acciones: tuple[Accion, ...]
    plazo: float | None

"""El expediente de un código como valores congelados: lo que la página dice, sin nada de cómo lo muestra."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sgc_gt.comparacion.valores import Informe
from sgc_gt.dominio.registros import FilaRegistro
from sgc_gt.dominio.situacion import Version

if TYPE_CHECKING:
    from sgc_gt.consultas.integridad import Integridad

INCLUIDO, NO_CABE, FALTA, ALTERADO = "incluido", "no_cabe", "falta", "alterado"
RETIRADO = "retirado"
"""Qué pasó con los bytes de un archivo: van en la página, no caben, no están, no son los registrados, o se
dispuso de ellos por un acto."""


class Archivo(NamedTuple):
    """Un archivo que el expediente nombra; trae sus bytes si van en la página."""

    nombre: str
    lugar: str  # dónde está, desde la carpeta del servicio
    tamano: int
    sha256: str
    situacion: str = INCLUIDO
    contenido: bytes = b""
    razon: str = ""  # el acto por el que ya no está


class Respaldo(NamedTuple):
    """La evidencia de un movimiento: cómo se cita y, si lo tiene, su archivo."""

    cita: str  # «resolución exenta N° 214 del 22-04-2025»
    clase: str
    archivo: Archivo | None = None


class Observado(NamedTuple):
    """Una observación y en qué quedó."""

    id: str
    seccion: str
    texto: str
    estado: str = ""  # vacío: no se sigue
    respuesta: str = ""


class Suceso(NamedTuple):
    """Un movimiento del historial, en palabras."""

    n: int
    acto: str
    movimiento: str
    version: str
    fecha: date
    quien: str  # el cargo, con su calidad
    nombre: str
    correo: str
    base: str  # lo que funda la subrogancia o la delegación
    origen: str
    anota: str  # quién lo anotó, si no fue la persona
    registrado: str
    atraso: str
    motivo: str
    firma: str
    huella: str
    sha256: str
    commit: str
    vigente_desde: date | None = None
    sin_efecto: int | None = None
    respaldos: tuple[Respaldo, ...] = ()
    observaciones: tuple[Observado, ...] = ()
    notas: tuple[str, ...] = ()
    automatico: bool = False
    firma_vale: bool = True  # falso: lo que la historia guarda no prueba la firma que la ficha dice


class PasoSeguido(NamedTuple):
    """Un paso del circuito: lo que se había previsto y quién actuó de verdad."""

    paso: str
    previsto: str
    sucesos: tuple[Suceso, ...] = ()
    exige: tuple[str, ...] = ()


class EnvioSeguido(NamedTuple):
    """Un envío de una versión: sus pasos y, si la sacaron del circuito, con qué movimiento."""

    n: int
    pasos: tuple[PasoSeguido, ...]
    cierre: Suceso | None = None
    rehecho: tuple[Suceso, ...] = ()  # lo que se trabajó después, antes del envío siguiente


class Cambio(NamedTuple):
    """La fila de la versión en el control de cambios."""

    fecha: str
    secciones: str
    descripcion: str
    motivo: str
    aprobo: str


class Comparado(NamedTuple):
    """La comparación de una versión con la anterior, o por qué no la hay."""

    con: str  # la versión anterior
    informe: Informe | None = None
    por_que_no: str = ""


class VersionSeguida(NamedTuple):
    """Una versión y todo lo que le pasó."""

    version: Version
    estado: str
    cambio: Cambio | None
    comparado: Comparado | None
    trabajo: tuple[Suceso, ...]  # antes del primer envío y entre uno y otro
    envios: tuple[EnvioSeguido, ...]
    despues: tuple[Suceso, ...]  # ya emitida: comenzar a regir, mantener, dejar sin efecto


class Tramo(NamedTuple):
    """Un trozo de texto y lo que hay que saber de él (enlace, tachado, imagen…)."""

    texto: str
    marcas: Mapping[str, str]


class Parrafo(NamedTuple):
    """Un título, párrafo, lista o tabla de lo que se lee."""

    clase: str
    nivel: int = 0
    tramos: tuple[Tramo, ...] = ()
    filas: tuple[tuple[tuple[Parrafo, ...], ...], ...] = ()
    dentro: tuple[Parrafo, ...] = ()
    desde: str = ""  # la versión que lo agregó o le cambió las palabras; vacío: la primera, o no se sabe
    desdes: tuple[str, ...] = ()  # en una tabla, lo mismo de cada fila


class Lectura(NamedTuple):
    """El documento para leerlo sin Word. `imagenes`: sha256 → dirección que la página lleva adentro."""

    parrafos: tuple[Parrafo, ...]
    imagenes: Mapping[str, str]
    con_origen: bool = False  # si lleva al margen desde qué versión dice lo que dice


class Documento(NamedTuple):
    """El archivo que el expediente entrega: qué es, sus bytes y cómo se lee."""

    que_es: str
    version: str
    archivo: Archivo | None
    registrado: str  # el sha256 que la ficha anotó
    marcado: bool = False  # si es una copia con su marca, y no los bytes registrados
    pdf: Archivo | None = None
    lectura: Lectura | None = None
    avisos: tuple[str, ...] = ()

    @property
    def ajeno(self) -> bool:
        """Si los bytes no son los que la ficha anotó, ni una copia marcada de ellos."""
        return self.archivo is not None and not self.marcado and self.archivo.sha256 != self.registrado


class Revision(NamedTuple):
    """Una revisión del documento: su puesta en vigencia o que se mantuvo sin cambios."""

    suceso: Suceso
    resultado: str


class Facultad(NamedTuple):
    """Con qué actuó quien no era titular: la subrogancia o delegación registrada en el sistema."""

    movimientos: tuple[int, ...]  # los de este código en que la usó
    correo: str
    suplente: str  # el cargo propio de quien actuó
    cargo: str  # aquel por el que actuó
    calidad: str
    base: str
    desde: date | None
    hasta: date | None
    registrada: int | None  # el movimiento del sistema; None si no consta ninguno
    respaldos: tuple[Respaldo, ...] = ()


class Cita(NamedTuple):
    """Un documento externo o del servicio, y en qué consta la cita."""

    codigo: str
    titulo: str
    estado: str
    consta: str
    version: str = ""


class Distribucion(NamedTuple):
    """A quién llegó la versión que rige, quién la conoce y qué copias se entregaron o se deben retirar."""

    cuenta: str  # «12/16 conocimientos»
    llegada: tuple[Mapping[str, object], ...]  # las filas de la lista de distribución
    anteriores: tuple[Mapping[str, object], ...]  # las copias ya retiradas de versiones anteriores


class Expediente(NamedTuple):
    """Todo lo que se sabe de un código en una fecha."""

    servicio: str
    codigo: str
    titulo: str
    tipo: str
    area: str
    clase: str
    estado: str  # la situación en una oración
    rige: bool
    fecha: date
    ancla: str
    generador: str
    datos: tuple[tuple[str, str], ...]
    resumen: tuple[str, ...]
    verificacion: str
    documento: Documento
    versiones: tuple[VersionSeguida, ...]
    registros: tuple[FilaRegistro, ...]
    revisiones: tuple[Revision, ...]
    proxima: date | None
    vencida: bool
    externos: tuple[Cita, ...]
    internos: tuple[Cita, ...]
    citado_por: tuple[Cita, ...]
    facultades: tuple[Facultad, ...]
    sucesos: tuple[Suceso, ...]
    distribucion: Distribucion | None  # None: no consta nada de ella
    limite: int  # bytes de adjuntos que la página admite
    integridad: Integridad | None = (
        None  # la historia repetida entera; None: al hacer la página no se repitió
    )

    @property
    def archivos(self) -> tuple[Archivo, ...]:
        """Los respaldos de todos los movimientos, en orden y una vez cada uno."""
        respaldos = [r for s in self.sucesos for r in s.respaldos]
        respaldos += [r for f in self.facultades for r in f.respaldos]
        todos = (r.archivo for r in respaldos if r.archivo)
        return tuple({a.lugar: a for a in todos}.values())

    @property
    def sin_su_archivo(self) -> tuple[str, ...]:
        """Los respaldos que no están, o que no son los registrados, en una oración cada uno."""
        dichos = {FALTA: "falta", ALTERADO: "no es el que se registró"}
        return tuple(f"{a.lugar}: {dichos[a.situacion]}" for a in self.archivos if a.situacion in dichos)

    def resumen_json(self) -> dict[str, object]:
        """Lo que la orden responde además del archivo."""
        cuenta = {
            c: sum(a.situacion == c for a in self.archivos)
            for c in (INCLUIDO, NO_CABE, FALTA, ALTERADO, RETIRADO)
        }
        return {
            "codigo": self.codigo,
            "titulo": self.titulo,
            "version": self.documento.version,
            "estado": self.estado,
            "fecha": self.fecha.isoformat(),
            "ancla": self.ancla,
            "versiones": [v.version.version for v in self.versiones],
            "movimientos": len(self.sucesos),
            "adjuntos": cuenta,
        }

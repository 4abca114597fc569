"""El servicio tal como sus archivos de configuración lo describen: un valor congelado."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio.clave_ssh import Clave
from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.organizacion import Cargo, Persona
from sgc_gt.dominio.parecidos import esperados
from sgc_gt.dominio.requisitos import Catalogo, requisitos_de
from sgc_gt.errores import NoEncontrado


class PasoCircuito(NamedTuple):
    """Un paso de un circuito: el acto, el rol que lo hace (o un cargo fijo) y el respaldo que se acepta.

    `cuantos`: número de personas distintas; 0 = todas las que el rol nombra. `distinto_de`: «elabora»
    (quien escribió el borrador) u otro acto del mismo envío (p. ej. «revisar»).
    """

    acto: str
    rol: str
    cuantos: int = 0
    distinto_de: tuple[str, ...] = ()
    evidencia: tuple[str, ...] = ()
    fuente: str = "procedimiento"  # norma | procedimiento | practica


class Seccion(NamedTuple):
    """Una sección obligatoria de un tipo, con los requisitos que responde."""

    titulo: str
    requisitos: tuple[str, ...] = ()


class Exige(NamedTuple):
    """Un documento que una compuerta exige, y hasta dónde debe haber llegado."""

    tipo: str
    estado: str = "visado"  # aprobado | visado | vigente
    por: str = ""  # el dato que nombra su código; vacío: cualquiera del tipo
    abierta_por: str = ""  # el dato que nombra la propuesta que abrió su versión
    del_anterior: bool = False  # el del año anterior al del acto: lo que compromete un año cierra otro


class Compuerta(NamedTuple):
    """Lo que debe haber pasado con otros documentos antes de que un acto se admita."""

    requisito: str  # N-28, I-26…
    actos: tuple[str, ...]
    exige: tuple[Exige, ...]
    porque: str  # la negativa, en una oración
    filas: str = ""  # la lista de los datos del borrador que la cruza una vez por fila
    en_el_periodo: bool = False  # solo si la versión que se abre es del mismo año que la visada que rige
    avisa: bool = False  # advierte y deja constancia, sin impedir


class RutaSolicitud(NamedTuple):
    """Por dónde va una solicitud, según qué se pide y quién: sus pasos, en orden (I-42)."""

    pide: tuple[str, ...]
    pasos: tuple[PasoCircuito, ...]
    de: tuple[str, ...] = ()  # roles o cargos que van por aquí; vacío: todos


class Tipo(NamedTuple):
    """Un tipo de documento: dos archivos en `plantillas_docx/`, ningún código."""

    id: str
    nombre: str
    prefijo: str
    clase: str  # documento | registro | archivo
    circuito: str
    paquete: str = "sgc"
    circuito_menor: str = ""
    revision_meses: int = 24
    retencion_anios: int = 5
    aprobacion: tuple[str, ...] = ("firma", "pdf_firmado", "resolucion")
    secciones: tuple[Seccion, ...] = ()
    datos: Mapping[str, Any] = {}  # JSON Schema, con x-requisito
    serie: str = ""  # serie de registro a la que pertenece, si es de clase registro
    con_plantilla: bool = True
    motivo_conservacion: str = "evidencia de lo que rigió"  # para qué se guarda lo obsoleto
    archivo_directo: bool = False  # si su serie también recibe registros como llegaron, sin circuito
    compuertas: tuple[Compuerta, ...] = ()
    rutas: tuple[RutaSolicitud, ...] = ()  # si es de solicitudes: se presentan y se resuelven
    hace_de: str = ""  # como qué lo miran los hallazgos y los compromisos, sea del sistema que sea
    en_cada_region: tuple[str, ...] = ()  # las listas de sus datos que nombran a cada región
    por_region: bool = False  # se pide un registro de cada región

    def requisitos(self) -> frozenset[str]:
        """Los requisitos que sus secciones o sus datos nombran."""
        return frozenset(r for s in self.secciones for r in s.requisitos) | set(requisitos_de(self.datos))


class Serie(NamedTuple):
    """Una serie de registros con sus atributos de control (ISO 9001:2008 4.2.4; 2015 7.5.3.2)."""

    codigo: str
    nombre: str
    responsable: str
    paquete: str = "sgc"
    soporte: str = ""
    almacenamiento: str = ""
    proteccion: str = ""
    recuperacion: str = ""
    retencion_anios: int | None = None
    base_legal: str = ""
    disposicion: str = ""
    acceso: str = "publico"
    documento: bool = False  # la versión emitida del documento de igual código es el registro de su período
    modo: str = (
        "archiva"  # archiva | referencia | muestrea | ocasional: si entra cada uno, se cita, o solo si ocurre
    )


class Excepcion(NamedTuple):
    """Excepción razonada a la segregación para un documento; siempre se muestra."""

    documento: str
    regla: str
    motivo: str


class Feriado(NamedTuple):
    """Un día en que el servicio no atiende, además de los feriados legales; en una región, o en todas."""

    fecha: date
    motivo: str
    region: str = ""


class ReglaDistribucion(NamedTuple):
    """Quiénes deben conocer los documentos de unos tipos y áreas; sin tipos o sin áreas, los de todos."""

    a: tuple[str, ...]  # cargos, roles, códigos de región o «todas»
    tipos: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    def alcanza(self, tipo: str, area: str) -> bool:
        """Si la regla rige para un documento de ese tipo y área."""
        return (not self.tipos or tipo in self.tipos) and (not self.areas or area in self.areas)


class Carpetas(NamedTuple):
    """Las carpetas conectadas: dónde recibe y guarda cada cargo, fuera de la carpeta del servicio."""

    base: str
    cargos: Mapping[str, str] = {}  # los que tienen su carpeta en otro lugar
    sondeo: str = "auto"  # auto | si | no
    sondeo_segundos: int = 15
    quietud_segundos: int = 5

    def de(self, cargo: str) -> str:
        """La carpeta de ese cargo."""
        return self.cargos.get(cargo) or f"{self.base.rstrip('/')}/{cargo}"

    def propia(self, cargo: str) -> bool:
        """Si su carpeta está en otro lugar que la de todos."""
        return cargo in self.cargos


class Servicio(NamedTuple):
    """La configuración entera. `cargos` ya trae uno por región donde corresponde (dr-15 … dr-12)."""

    nombre: str
    sigla: str
    norma: str
    mascara: Mascara
    areas: Mapping[str, str]
    formato: FormatoVersion
    cargos: Mapping[str, Cargo]
    personas: tuple[Persona, ...]
    roles: Mapping[str, tuple[str, ...]]  # rol → cargos; siempre trae control_documental
    circuitos: Mapping[str, tuple[PasoCircuito, ...]]
    tipos: Mapping[str, Tipo]
    series: Mapping[str, Serie]
    regiones: tuple[str, ...] = ()  # códigos, de norte a sur
    paquetes: tuple[str, ...] = ("sgc", "gt")
    ministerio: str = ""
    comite: str = "Comité de la Calidad"
    zona_horaria: str = "America/Santiago"
    es_gore: bool = False
    leyenda: str = ""  # pie de página de copias no controladas
    excepciones: tuple[Excepcion, ...] = ()
    carpetas: Carpetas | None = None  # None: no hay carpetas conectadas
    feriados: tuple[Feriado, ...] = ()  # además de los legales
    firmas_exigidas: bool = False  # quien tiene una clave vigente firma todo lo que anota
    distribucion: tuple[ReglaDistribucion, ...] = ()  # se suman: todas las que alcanzan al documento
    plazo_conocimiento: int = 10  # días corridos desde que rige para tomar conocimiento
    catalogos: tuple[Catalogo, ...] = ()  # los requisitos de cada sistema en uso

    def hace_de(self, tipo: str) -> str:
        """De qué hace ese tipo en su sistema: lo que dice o, si el servicio ya no lo tiene, su nombre."""
        return self.tipos[tipo].hace_de if tipo in self.tipos else tipo

    def serie(self, codigo: str) -> Serie:
        """La serie de registros de ese código; NoEncontrado, con las parecidas, si no está en el catálogo."""
        if codigo not in self.series:
            raise NoEncontrado(
                f"la serie de registros {codigo} no existe",
                esperado=esperados(codigo, sorted(self.series)),
                hacer="revise el código de la serie, o agréguela al catálogo de series",
            )
        return self.series[codigo]

    def con_rol(self, rol: str) -> tuple[str, ...]:
        """Los cargos que tienen ese rol; un cargo del catálogo vale por sí mismo."""
        if rol in self.roles:
            return self.roles[rol]
        return (rol,) if rol in self.cargos else ()

    def excepcion(self, codigo: str, regla: str) -> Excepcion | None:
        """La excepción razonada que ampara a ese documento, si la hay."""
        return next((e for e in self.excepciones if e.documento == codigo and e.regla == regla), None)

    @property
    def adelantados(self) -> frozenset[str]:
        """Los tipos que se escriben en un período para el siguiente: cuentan en el que se escriben."""
        return frozenset(t for c in self.catalogos for o in c.objetos if o.adelanta for t in o.tipos)

    def claves_de(self, correo: str, dia: date) -> tuple[Clave, ...]:
        """Las claves con que esa persona firma ese día."""
        propias = (c for p in self.personas if p.correo == correo for c in p.claves)
        return tuple(dict.fromkeys(c for c in propias if c.rige(dia)))

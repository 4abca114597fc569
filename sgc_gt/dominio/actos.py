"""La tabla del procedimiento de control de documentos: qué acto lleva de qué estado a cuál, y quién lo hace.

Es la única fuente: de ella salen las guardas (`reglamento`), los estados (`situacion`), el diagrama de
`docs/` y el PR-SGC-01 del servicio. Fuente: ISO 9001:2015 7.5.2-7.5.3; dominio §2.4.
"""

from __future__ import annotations

from typing import NamedTuple

BORRADOR = "borrador"
EN_REVISION = "en_revision"
EN_APROBACION = "en_aprobacion"
APROBADO = "aprobado"
EN_VISACION = "en_visacion"
VISADO = "visado"
EMITIDO = "emitido"
VIGENTE = "vigente"
OBSOLETO = "obsoleto"
DESCARTADO = "descartado"
ARCHIVADO = "archivado"
CORREGIDO = "corregido"
SUSPENDIDO = "suspendido"
EN_DISPOSICION = "en_disposicion"
POR_DISPONER = "por_disponer"
DISPUESTO = "dispuesto"
SUSTRAIDO = "sustraido"

CONSERVADOS = (ARCHIVADO, CORREGIDO, SUSPENDIDO, EN_DISPOSICION, POR_DISPONER)
"""Estados de un registro que se tiene: está donde se archivó, o donde se dijo que vive."""

DISPONIBLES = (ARCHIVADO, CORREGIDO, EN_DISPOSICION, POR_DISPONER)
"""Estados de un registro que nada detiene: con la retención suspendida, ninguno de sus archivos se va."""

RETIRADOS = (DISPUESTO, SUSTRAIDO)
"""Estados de un registro que ya no se tiene: queda su huella, y el acto que lo explica."""

HISTORIA = (OBSOLETO, DESCARTADO, *RETIRADOS)
"""Estados de lo que ya terminó: se mira, y no admite más actos."""

ABIERTOS = (BORRADOR, EN_REVISION, EN_APROBACION, APROBADO, EN_VISACION, VISADO)
"""Estados de una versión que todavía no se emite: de un código hay a lo más una versión en ellos."""

QUEMAN_NUMERO = frozenset({APROBADO, EN_VISACION, VISADO})
"""Estados desde los que descartar consume el número de versión."""

ESPERA = {
    "revisar": EN_REVISION,
    "aprobar": EN_APROBACION,
    "visar": EN_VISACION,
    "resolver": EN_APROBACION,
}
"""Estado de un borrador enviado según el acto que su ruta espera."""

EN_CIRCUITO = (EN_REVISION, EN_APROBACION, EN_VISACION)


EMITIDAS = (EMITIDO, VIGENTE, OBSOLETO)
"""Estados de una versión que se emitió: la que rige, la que espera su fecha y las que dejaron de regir."""

TODOS = (*ABIERTOS, *EMITIDAS, DESCARTADO, *CONSERVADOS, *RETIRADOS)
"""Cualquier estado de una versión."""

MISMO = "mismo"
"""En la columna `hasta`: el acto recae sobre el documento entero y ninguna versión cambia de estado."""


class Acto(NamedTuple):
    """Una fila de la tabla.

    `quien` es un rol de la identidad (elabora, aprueba, responsable), «control_documental», «paso» (los
    cargos que la ruta nombra), «revisores» (cualquiera de los que la ruta espera, o control documental con
    oficio si la espera es externa), «custodia» (quien responde por la serie del registro, o control
    documental), «cualquiera» (quien ejerza un cargo del servicio), «destinatarios» (cualquier persona del
    servicio, o control documental con el papel que lo prueba) o «sistema».
    `exige` nombra lo que el acto no puede omitir: motivo, observaciones, oficio, adjunto o el acto
    administrativo.
    Sin `hasta`, el acto es una constancia: deja huella en la ficha y no mueve versión alguna; `desde` dice
    entonces en qué estados puede estar la versión que nombra.
    """

    nombre: str
    desde: tuple[str, ...]
    hasta: str
    quien: str
    exige: tuple[str, ...] = ()

    @property
    def constancia(self) -> bool:
        """Si deja constancia de un hecho sin cambiar el estado de ninguna versión."""
        return not self.hasta


TABLA: tuple[Acto, ...] = (
    Acto("crear", (), BORRADOR, "control_documental"),
    Acto("nueva-version", (VIGENTE,), BORRADOR, "control_documental", ("motivo",)),
    Acto("generar", (BORRADOR,), BORRADOR, "elabora"),
    Acto("entregar", (BORRADOR,), BORRADOR, "elabora"),
    Acto("enviar", (BORRADOR,), EN_REVISION, "elabora"),
    Acto("retirar", (EN_REVISION, EN_APROBACION), BORRADOR, "elabora"),
    Acto("devolver", EN_CIRCUITO, BORRADOR, "revisores", ("observaciones",)),
    Acto("revisar", (EN_REVISION,), EN_APROBACION, "paso"),
    Acto("aprobar", (EN_APROBACION,), APROBADO, "paso"),
    Acto("reabrir", (APROBADO,), BORRADOR, "control_documental", ("motivo",)),
    Acto("remitir", (APROBADO,), EN_VISACION, "paso", ("oficio",)),
    Acto("visar", (EN_VISACION,), VISADO, "paso", ("oficio", "adjunto")),
    Acto("emitir", (APROBADO, VISADO), VIGENTE, "paso"),
    Acto("regir", (EMITIDO,), VIGENTE, "sistema"),
    Acto("mantener", (VIGENTE,), VIGENTE, "responsable"),
    Acto("dejar-sin-efecto", (VIGENTE,), OBSOLETO, "aprueba", ("motivo",)),
    Acto("descartar", ABIERTOS, DESCARTADO, "elabora", ("motivo",)),
    Acto("importar", (), VIGENTE, "control_documental"),
    Acto("registrar", (), ARCHIVADO, "responsable"),
    Acto("solicitar", (), EN_APROBACION, "cualquiera", ("motivo",)),
    Acto("resolver", (EN_APROBACION,), ARCHIVADO, "paso"),
    Acto("reasignar", (*ABIERTOS, EMITIDO, VIGENTE), MISMO, "control_documental", ("motivo",)),
    Acto("recodificar", (*ABIERTOS, EMITIDO, VIGENTE), MISMO, "control_documental", ("motivo",)),
    Acto("rectificar", TODOS, "", "control_documental", ("motivo",)),
    Acto("distribuir", EMITIDAS, "", "control_documental"),
    Acto("tomar-conocimiento", EMITIDAS, "", "destinatarios"),
    Acto("retirar-copia", EMITIDAS, "", "control_documental"),
    Acto("corregir", (ARCHIVADO, CORREGIDO, SUSPENDIDO), CORREGIDO, "custodia", ("motivo",)),
    Acto("suspender", DISPONIBLES, SUSPENDIDO, "custodia", ("motivo",)),
    Acto("reanudar", (SUSPENDIDO,), ARCHIVADO, "custodia", ("motivo",)),
    Acto("proponer-disposicion", (ARCHIVADO, CORREGIDO), EN_DISPOSICION, "custodia"),
    Acto(
        "autorizar-disposicion",
        (EN_DISPOSICION,),
        POR_DISPONER,
        "control_documental",
        ("acto_administrativo",),
    ),
    Acto("disponer", (POR_DISPONER,), DISPUESTO, "control_documental"),
    Acto("prorrogar", (EN_DISPOSICION, POR_DISPONER), ARCHIVADO, "control_documental", ("motivo",)),
    Acto("desistir", (EN_DISPOSICION, POR_DISPONER), ARCHIVADO, "custodia", ("motivo",)),
    Acto("sustraer", DISPONIBLES, SUSTRAIDO, "control_documental", ("motivo", "acto_administrativo")),
)
ACTOS = {acto.nombre: acto for acto in TABLA}

CONSTANCIAS = frozenset(acto.nombre for acto in TABLA if acto.constancia)
"""Actos que no mueven versión alguna: su fecha puede ser anterior al último acto del documento, nunca a la
emisión de la versión que nombran."""

DEL_DOCUMENTO = frozenset(acto.nombre for acto in TABLA if acto.hasta == MISMO)
"""Actos sobre el documento entero: cambian de quién es, y no el estado de sus versiones."""

ABREN_CODIGO = frozenset({"crear", "importar", "registrar", "solicitar"})
"""Actos que dan vida a un código que no existía."""

ABREN_VERSION = ABREN_CODIGO | {"nueva-version"}
"""Actos con que comienza una versión."""

VIDA = frozenset(
    {"corregir", "suspender", "reanudar", "proponer-disposicion", "autorizar-disposicion"}
    | {"disponer", "prorrogar", "desistir", "sustraer"}
)
"""Actos sobre un registro ya archivado: recaen en él, cualquiera sea su estado."""

ORDEN = dict.fromkeys(
    ("proponer-disposicion", "autorizar-disposicion", "disponer", "prorrogar", "desistir"), "disposicion"
)
"""Los actos que se piden con una orden de otro nombre."""

RETIRAN = frozenset({"disponer", "sustraer"})
"""Los únicos actos tras los cuales un archivo guardado deja de existir."""

EN_RUTA = frozenset({"revisar", "aprobar", "remitir", "visar", "emitir", "resolver"})
"""Actos que un circuito, o la ruta de una solicitud, puede pedir."""

DECISIONES = frozenset({"revisar", "aprobar", "visar", "resolver"})
"""Actos que deciden por una versión y comprometen a una persona."""

CON_RESPALDO = DECISIONES | {"tomar-conocimiento"}
"""Actos que nadie anota por otra persona sin un respaldo adjunto."""

PONEN_EN_VIGENCIA = frozenset({"emitir", "importar"})
"""Actos que dejan una versión emitida: llevan etiqueta en la historia y archivo en el lugar de la vigente."""

AUTORIA = frozenset({"generar", "entregar", "enviar"})
"""Actos que hacen a alguien autor del borrador de una versión."""

DECLARABLES = frozenset({"generar", "entregar"})
"""Actos que una carpeta conectada puede traer: escriben el borrador y no comprometen decisión alguna."""

DEJAN_LA_RUTA = frozenset({"retirar", "devolver", "reabrir", "descartar"})
"""Actos que sacan la versión de su ruta: las firmas del envío quedan en la historia, sin efecto."""

FIJAN_IDENTIDAD = frozenset(
    {"crear", "importar", "registrar", "solicitar", "nueva-version", "reasignar", "recodificar"}
)
"""Los únicos actos que dicen título, cargos o área de un documento."""

ESCRIBEN_BORRADOR = frozenset({"crear", "solicitar", "nueva-version", "generar", "entregar", "enviar"})
"""Actos que dejan un archivo en la carpeta del borrador."""


def desde(estado: str) -> tuple[Acto, ...]:
    """Los actos que la tabla admite desde ese estado."""
    return tuple(acto for acto in TABLA if estado in acto.desde)

"""El catálogo de reglas del chequeo de forma: todas, en el orden en que se informan.

Primero lo que impide enviar; después lo que hay que corregir; al final, lo que se sugiere. Cada código es
estable: lo citan personas y programas. La página de cada regla está en docs/referencia/reglas/.
"""

from __future__ import annotations

from sgc_gt.dominio.alertas import CORREGIR, IMPIDE, NORMA, PRACTICA, PROCEDIMIENTO, SUGERENCIA
from sgc_gt.reglas import (
    accesibilidad,
    cambios,
    codigos,
    distribucion,
    externos,
    identidad,
    personales,
    referencias,
    registros,
    restos,
    roles,
    secciones,
    seguridad,
    siglas,
)
from sgc_gt.reglas.control_palabras import lugar
from sgc_gt.reglas.regla import Clausula, Regla

_PROPIO = "procedimiento de control de documentos"
_IDENTIFICA = Clausula("4.2.3 e)", "7.5.2 a)")
_CAMBIOS = Clausula("4.2.3 c)", "7.5.3.2 c)")
_EXTERNOS = Clausula("4.2.3 f)", "7.5.3.2")
_REGISTROS = Clausula("4.2.4", "7.5.3.2 d)")
_OBSOLETOS = Clausula("4.2.3 g)", "7.5.3.1 a)")
_ADECUADO = Clausula("4.2.3 a)", "7.5.2 c)")


def _apartado(clave: str) -> str:
    return f"{_PROPIO}, {lugar(clave)}"


CATALOGO: tuple[Regla, ...] = (
    Regla(
        "ARCHIVO-INSEGURO", IMPIDE, PRACTICA, "un Word que abre, sin nada de afuera ni que se ejecute",
        "el archivo no se puede recibir", "quítelo y guarde el archivo como «Documento de Word (.docx)»",
        seguridad.inseguro,
    ),
    Regla(
        "SECCION-FALTA", IMPIDE, PROCEDIMIENTO, _apartado("elaboracion"),
        "falta una sección obligatoria",
        "agréguela con ese título; si no se aplica, dígalo ahí con su razón", secciones.falta,
    ),
    Regla(
        "SECCION-VACIA", IMPIDE, PROCEDIMIENTO, _apartado("elaboracion"),
        "una sección obligatoria está vacía", "escriba su contenido o diga por qué no se aplica",
        secciones.vacia,
    ),
    Regla(
        "DATO-FALTA", IMPIDE, PROCEDIMIENTO, _apartado("elaboracion"), "contenido mínimo sin responder",
        "complételo en los datos del documento y genere de nuevo", restos.falta_dato,
    ),
    Regla(
        "GUIA-SIN-REEMPLAZAR", IMPIDE, PRACTICA, "un documento sin textos de ayuda de su plantilla",
        "queda el texto de guía de la plantilla", "reemplácelo por el contenido, o bórrelo", restos.guia,
    ),
    Regla(
        "RESTO-POR-COMPLETAR", IMPIDE, PRACTICA, "un documento terminado antes de enviarse",
        "queda algo por completar", "escriba lo que falta o quite la marca", restos.hueco,
    ),
    Regla(
        "TEXTO-OCULTO", IMPIDE, NORMA, _ADECUADO, "hay texto que no se ve y se aprobaría igual",
        "muéstrelo (Inicio › Fuente › Oculto) o bórrelo", seguridad.oculto,
    ),
    Regla(
        "CAMBIOS-PENDIENTES", IMPIDE, NORMA, _CAMBIOS, "hay cambios marcados sin resolver",
        "acéptelos o rechácelos en Word (Revisar › Cambios)", seguridad.revisiones,
    ),
    Regla(
        "SECCION-REPETIDA", CORREGIR, PROCEDIMIENTO, _apartado("elaboracion"), "una sección está repetida",
        "una las dos, o póngales títulos distintos", secciones.repetida,
    ),
    Regla(
        "SECCION-DESORDENADA", CORREGIR, PROCEDIMIENTO, _apartado("elaboracion"),
        "las secciones no van en el orden del tipo", "muévala a su lugar", secciones.desordenada,
    ),
    Regla(
        "POR-DEFINIR", CORREGIR, PRACTICA, "un documento terminado antes de enviarse",
        "el texto dice que algo está por definirse", "defínalo, o diga quién lo define y cuándo",
        restos.pendiente,
    ),
    Regla(
        "IDENTIDAD-CODIGO", CORREGIR, NORMA, _IDENTIFICA, "el código no es el mismo en todas partes",
        "deje el de la ficha; si el equivocado es el archivo, entregue el que corresponde", identidad.codigo,
    ),
    Regla(
        "IDENTIDAD-VERSION", CORREGIR, NORMA, _CAMBIOS, "la versión no es la misma en todas partes",
        "deje la de la ficha; al enviar, el sistema repara las zonas que imprime", identidad.version,
    ),
    Regla(
        "SECCION-INEXISTENTE", CORREGIR, NORMA, _IDENTIFICA, "cita una sección que no existe",
        "corrija el número o quite la cita", referencias.seccion,
    ),
    Regla(
        "ANEXO-INEXISTENTE", CORREGIR, NORMA, _IDENTIFICA, "cita un anexo que no existe",
        "corrija el número, o agregue el anexo", referencias.anexo,
    ),
    Regla(
        "ROTULO-INEXISTENTE", CORREGIR, NORMA, _IDENTIFICA, "cita una tabla o figura que no existe",
        "corrija el número, o póngale ese rótulo", referencias.rotulo,
    ),
    Regla(
        "CUENTA-DE-SECCIONES", CORREGIR, NORMA, _IDENTIFICA, "dice tener otra cantidad de secciones",
        "corrija el número o diga solo que tiene secciones", referencias.cuenta,
    ),
    Regla(
        "CODIGO-INEXISTENTE", CORREGIR, NORMA, _IDENTIFICA, "cita un código que nadie tiene",
        "corrija el código, o pida a control documental que lo cree", codigos.inexistente,
    ),
    Regla(
        "CODIGO-OBSOLETO", CORREGIR, NORMA, _OBSOLETOS, "cita un documento que ya no rige",
        "cite el que lo reemplaza, o quite la cita", codigos.obsoleto,
    ),
    Regla(
        "CODIGO-RENOMBRADO", CORREGIR, NORMA, _IDENTIFICA, "llama a un documento por otro título",
        "escriba el título que el documento tiene hoy", codigos.renombrado,
    ),
    Regla(
        "EXTERNO-VENCIDO", CORREGIR, NORMA, _EXTERNOS, "cita una edición que ya no rige",
        "cite la que rige y revise si cambia lo que el documento pide", externos.vencido,
    ),
    Regla(
        "EXTERNO-SIN-LISTA", CORREGIR, PROCEDIMIENTO, _apartado("externos"),
        "cita un documento externo que nadie controla",
        "pida a control documental que lo agregue a la lista (sgc-gt externo alta), o quite la cita",
        externos.sin_lista,
    ),
    Regla(
        "SIGLA-SIN-DEFINIR", CORREGIR, PRACTICA, "toda sigla definida en la terminología",
        "una sigla sin definir", "defínala en la terminología o escriba el nombre completo",
        siglas.sin_definir,
    ),
    Regla(
        "CARGO-DESCONOCIDO", CORREGIR, NORMA, Clausula("5.5.1", "5.3"), "nombra un cargo que nadie tiene",
        "use el nombre que el cargo tiene en el servicio", roles.desconocido,
    ),
    Regla(
        "REGISTRO-SIN-ATRIBUTOS", CORREGIR, NORMA, _REGISTROS, "un registro no dice cómo se controla",
        "complete la tabla de registros, o la serie en el catálogo", registros.sin_atributos,
    ),
    Regla(
        "REGISTRO-SIN-SERIE", CORREGIR, NORMA, _REGISTROS, "un registro no tiene dónde archivarse",
        "escriba el código de su serie, o pida a control documental que la agregue al catálogo",
        registros.sin_serie,
    ),
    Regla(
        "CAMBIO-SIN-DETALLE", CORREGIR, NORMA, _CAMBIOS, "el control de cambios no dice qué cambió",
        "diga qué cambia y en qué sección", cambios.sin_detalle,
    ),
    Regla(
        "REGLAS-CAMBIADAS", CORREGIR, PROCEDIMIENTO, _apartado("reglas"),
        "el procedimiento ya no dice las reglas que el sistema aplica",
        "abra su nueva versión, genérela y póngala en vigencia", cambios.atrasado,
    ),
    Regla(
        "DATO-PERSONAL", CORREGIR, NORMA, "Ley 19.628, sobre protección de la vida privada",
        "hay un dato personal a la vista", "bórrelo, o nombre el cargo en vez de la persona",
        personales.rut_de_persona,
    ),
    Regla(
        "COMENTARIOS-SIN-RESOLVER", SUGERENCIA, PRACTICA, "un archivo limpio al enviarse",
        "quedan comentarios en el archivo", "respóndalos y bórrelos antes de enviar", seguridad.comentarios,
    ),
    Regla(
        "IMAGEN-SIN-TEXTO", SUGERENCIA, PRACTICA, "accesibilidad, WCAG 2.1 1.1.1",
        "una imagen que no se puede leer en voz alta",
        "clic derecho › Ver texto alternativo, y diga qué muestra", accesibilidad.imagen,
    ),
    Regla(
        "TABLA-SIN-ENCABEZADO", SUGERENCIA, PRACTICA, "accesibilidad, WCAG 2.1 1.3.1",
        "una tabla sin fila de título", "marque la primera fila: Disposición › Repetir filas de título",
        accesibilidad.tabla,
    ),
    Regla(
        "IDIOMA-AJENO", SUGERENCIA, PRACTICA, "accesibilidad, WCAG 2.1 3.1.1",
        "el idioma del documento no es español", "Revisar › Idioma › Español (Chile), para todo el texto",
        accesibilidad.idioma,
    ),
    Regla(
        "CODIGO-ANTERIOR", SUGERENCIA, NORMA, _IDENTIFICA, "cita un documento por un código que tuvo antes",
        "escriba el de hoy en la próxima versión; el anterior lo sigue hallando", codigos.anterior,
    ),
    Regla(
        "CODIGO-SIN-REGIR", SUGERENCIA, NORMA, _OBSOLETOS, "cita un documento que todavía no rige",
        "ponga ambos en vigencia a la vez, o cite lo que hoy rige", codigos.sin_regir,
    ),
    Regla(
        "SIN-DESTINATARIOS", SUGERENCIA, NORMA, Clausula("4.2.3 d)", "7.5.3.2 a)"),
        "nadie ha dicho quiénes deben conocer el documento",
        "dígalo con sgc-gt distribuir, o con una regla de la configuración", distribucion.sin_destinatarios,
    ),
    Regla(
        "SERIE-SIN-PEDIR", SUGERENCIA, NORMA, _REGISTROS, "una serie del área que ningún procedimiento pide",
        "agréguela a la sección de registros, o quítela del catálogo si ya no se usa",
        registros.serie_sin_pedir,
    ),
)  # fmt: skip
"""Todas las reglas."""

POR_CODIGO = {regla.codigo: regla for regla in CATALOGO}
QUE_IMPIDEN = tuple(regla for regla in CATALOGO if regla.gravedad == IMPIDE)
"""Las que detienen un envío: las demás aconsejan."""

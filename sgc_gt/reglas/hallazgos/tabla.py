"""Los treinta y siete hallazgos típicos, en el orden de su identificador (dominio §4).

Cada uno es estable: lo citan personas y programas. La página `docs/referencia/hallazgos.md` sale de aquí.
"""

from __future__ import annotations

from sgc_gt.dominio.objetos import ACUERDO, DIAGNOSTICO, DIFUSION, IMPLEMENTACION, PLAN, PROGRAMA, SEGUIMIENTO
from sgc_gt.reglas.hallazgos import aprobacion, contenido, direccion, distribucion, registros, territorio, uso
from sgc_gt.reglas.hallazgos.hechos import EN_CADA_REGION, VISACION
from sgc_gt.reglas.hallazgos.valores import (
    ALTA,
    BAJA,
    DETECTA,
    EVIDENCIA,
    MEDIA,
    PREVIENE,
    Clausulas,
    Tipico,
)

_P, _D, _PD = (PREVIENE,), (DETECTA,), (PREVIENE, DETECTA)
_CD = "control_documental"
_EGT = "encargado_gt"
_ECAL = "representante_direccion"


_VISA = (VISACION,)


def _pmg(etapa: str, de_2008: str = "", de_2015: str = "") -> Clausulas:
    return Clausulas(de_2008, de_2015, f"PMG, procedimiento del sistema, {etapa}")


TIPICOS: tuple[Tipico, ...] = (
    Tipico(
        "N-01", "Versión obsoleta en uso", Clausulas("4.2.3 d) y g)", "7.5.3.1 a)"), _D, ALTA,
        "en cada lugar de trabajo está la versión vigente, y lo obsoleto se retira",
        "una versión que ya no rige sigue al alcance de quien trabaja",
        "retire esa copia y deje la vigente", _CD,
        "copias controladas sin retirar, archivos que son una versión obsoleta y citas a lo que no rige",
        uso.obsoleta_en_uso,
    ),
    Tipico(
        "N-02", "Copia impresa sin control", Clausulas("4.2.3 d) y g)", "7.5.3"), _P, MEDIA,
        "una copia impresa dice si está controlada y qué versión es",
        "circula una copia que no dice lo que es",
        "entregue copias solo con: sgc-gt copia", _CD,
        "que toda copia entregada salga con su leyenda y su marca", uso.copia_sin_control,
    ),
    Tipico(
        "N-03", "Documento en uso antes de su aprobación", Clausulas("4.2.3 a)", "7.5.2 c)"), _PD, ALTA,
        "un documento se aprueba antes de usarse, y consta",
        "rige o se usó un documento sin aprobación previa que conste",
        "reúna la prueba de la aprobación, o apruebe la próxima versión en el sistema", _CD,
        "lo importado sin respaldo, lo aprobado después de regir y los registros llenados antes",
        aprobacion.antes_de_aprobar,
    ),
    Tipico(
        "N-04", "Una misma persona elabora y decide", Clausulas("4.2.3 a)", "7.5.2 c)"), _P, MEDIA,
        "quien revisa y quien aprueba no son quien elaboró (regla del servicio)",
        "la misma persona o el mismo cargo elabora y decide",
        "deje la decisión a otra persona, o una excepción razonada en la configuración", _CD,
        "los autores del borrador contra quienes decidieron; cargos iguales en lo importado o declarado",
        aprobacion.una_sola_persona,
    ),
    Tipico(
        "N-05", "Decisión de quien no tenía la facultad", Clausulas("4.2.3 a)", "7.5.2 c)"), _P, ALTA,
        "decide quien ejerce el cargo ese día, o su subrogante con un acto que lo funda",
        "decidió alguien que ese día no ejercía el cargo",
        "anote el acto que lo habilitaba, o repita la decisión", _CD,
        "cada revisión, aprobación y visación contra las personas y subrogancias de su fecha",
        aprobacion.sin_facultad,
    ),
    Tipico(
        "N-06", "Cambio que no se puede reconocer", Clausulas("4.2.3 c)", "7.5.3.2 c)"), _PD, BAJA,
        "el control de cambios permite saber qué cambió",
        "el motivo no dice lo que cambió",
        "diga en el próximo cambio qué secciones y por qué", _CD,
        "motivos cortos o vagos contra la cantidad de secciones que de verdad cambiaron",
        contenido.cambio_sin_reconocer,
    ),
    Tipico(
        "N-07", "Identidad que no coincide", Clausulas("4.2.3 c) y e)", "7.5.2 a)"), _PD, MEDIA,
        "el encabezado, la lista maestra y el archivo dicen el mismo código y la misma versión",
        "el mismo documento se identifica de dos maneras",
        "corríjalo en la próxima versión; el sistema escribe encabezado, nombre y lista del mismo dato", _CD,
        "encabezado, propiedades y nombre del archivo contra la ficha; el nombre con que llegó lo importado",
        contenido.identidad_distinta,
    ),
    Tipico(
        "N-08", "Código repetido o reutilizado", Clausulas("4.2.3 e)", "7.5.2 a)"), _P, ALTA,
        "un código nombra un solo documento, para siempre",
        "un código nombra a más de un documento",
        "deje sin efecto uno de los dos y créelo con otro código", _CD,
        "códigos usados alguna vez, los que lo importado traía y los declarados por importar",
        uso.codigo_repetido,
    ),
    Tipico(
        "N-09", "Lista maestra desactualizada", Clausulas("4.2.3 c)", "7.5.3.2"), _P, MEDIA,
        "la lista maestra dice todo lo que rige, a una fecha",
        "hay documentos en uso que la lista maestra no tiene",
        "importe lo que falta", _CD,
        "documentos declarados vigentes que todavía no se importan", uso.lista_desactualizada,
    ),
    Tipico(
        "N-10", "Revisión periódica vencida", Clausulas("4.2.3 b)", "7.5.2 c)"), _D, MEDIA,
        "los documentos se revisan en su plazo y se actualizan si hace falta",
        "pasó la fecha de revisión y nadie la hizo",
        "revíselo y manténgalo vigente sin cambios, o abra su nueva versión", _CD,
        "próxima revisión de cada versión vigente y las declaradas vencidas; en la nota, las de 60 días",
        uso.revision_vencida,
    ),
    Tipico(
        "N-11", "Registro en un formulario anterior", Clausulas("4.2.3 d) y g)", "7.5.3.1 a)"), _PD, BAJA,
        "un registro se llena en la versión del formulario que rige ese día",
        "el registro se llenó en una versión que ya no regía",
        "retire el formulario anterior de donde se tomó", _CD,
        "la versión del formulario que el registro dice, contra la que regía en su fecha",
        registros.formulario_anterior,
    ),
    Tipico(
        "N-12", "Registro sin identificación", Clausulas("4.2.4", "7.5.3"), _P, MEDIA,
        "un registro se identifica: qué es, de cuándo y de quién",
        "hay un registro que no se puede identificar", "complete su identificación", _CD,
        "título, fecha y quién archivó cada registro", registros.sin_identificacion,
    ),
    Tipico(
        "N-13", "Registro incompleto o corregido encima", Clausulas("4.2.4", "7.5.3.2"), _P, ALTA,
        "lo que se guarda como prueba no se altera; una corrección conserva lo anterior",
        "un registro archivado ya no es el que se archivó", "recupere el original del respaldo", _CD,
        "los bytes de cada registro contra el resumen que su ficha guarda", registros.corregido_encima,
    ),
    Tipico(
        "N-14", "Registro que no se encuentra", Clausulas("4.2.4", "7.5.3.2 a)"), (EVIDENCIA, DETECTA), ALTA,
        "un registro se recupera cuando se pide", "un registro no se puede recuperar",
        "recupérelo del respaldo", _CD,
        "el archivo de cada registro; con `--muestra`, una muestra al azar con el tiempo que tomó",
        registros.no_se_encuentra,
    ),
    Tipico(
        "N-15", "Retención sin definir", Clausulas("4.2.4", "7.5.3.2 d)"), _PD, MEDIA,
        "cada registro tiene tiempo de retención y disposición final",
        "hay registros que nadie dice cuánto guardar ni qué hacer después",
        "complete la serie en el catálogo, con su base legal", _CD,
        "las series del catálogo, los registros que piden los procedimientos vigentes, y las que anuncian "
        "eliminar lo que la historia guarda",
        registros.retencion_sin_definir,
    ),
    Tipico(
        "N-16", "Registro eliminado sin acta",
        Clausulas("4.2.4", "7.5.3.2 d)", "Circular 28.704 de 1981, CGR"), _P, ALTA,
        "un registro se elimina solo con la autorización y el acta que corresponden",
        "falta un registro y ningún acta lo explica", "busque el acta de eliminación, o recupere el registro",
        _CD, "archivos que faltan de registros cuya retención ya se cumplió", registros.eliminado_sin_acta,
    ),
    Tipico(
        "N-17", "Respaldo nunca restaurado", Clausulas("4.2.4", "7.5.3.2 b)"), _D, MEDIA,
        "lo guardado se puede volver a tener si se pierde", "no consta que un respaldo se haya probado",
        "restaure un respaldo en otro equipo, compruébelo con sgc-gt verificar y deje constancia", _CD,
        "nada todavía: los respaldos no se anotan en el sistema", registros.respaldo_sin_probar,
    ),
    Tipico(
        "N-18", "Documento externo sin control o desactualizado", Clausulas("4.2.3 f)", "7.5.3.2"), _D, MEDIA,
        "los documentos de fuera se identifican y se usan en la edición que rige",
        "se usa un documento externo que nadie controla o que ya no es el que rige",
        "verifíquelo, o reemplácelo por el que rige: sgc-gt externo", _CD,
        "vigencia, verificación y año de cada documento externo; los citados que no están en la lista",
        uso.externo_sin_control,
    ),
    Tipico(
        "N-19", "Referencia a algo que no existe", Clausulas("4.2.3 e)", "7.5.2 a)"), _D, BAJA,
        "lo que un documento cita existe", "un documento vigente cita algo que no existe",
        "corrija la cita en la próxima versión", _CD,
        "anexos, secciones, tablas, figuras y códigos que citan los documentos vigentes",
        contenido.referencia_inexistente,
    ),
    Tipico(
        "N-20", "Distribución sin constancia", Clausulas("4.2.3 d)", "7.5.3.2 a) y 7.3"), _D, MEDIA,
        "consta quién recibió cada documento y que lo conoce",
        "no consta que las personas recibieron el documento", "pida la toma de conocimiento por escrito", _CD,
        "destinatarios sin definir, conocimientos atrasados por región y copias sin recibo",
        distribucion.sin_constancia,
    ),
    Tipico(
        "N-21", "Versión nueva sin comunicar", Clausulas("4.2.3 d) y 6.2.2", "7.2 y 7.3"), _PD, MEDIA,
        "quienes usan un documento saben qué cambió antes de aplicarlo",
        "no consta que se comunicó la versión nueva", "comuníquela y deje constancia", _CD,
        "versiones con destinatarios definidos que no consta que se avisaran ni que alguien conozca",
        distribucion.sin_comunicar,
    ),
    Tipico(
        "N-22", "Escaneo ilegible", Clausulas("4.2.3 e) y 4.2.4", "7.5.3.2 b)"), _D, BAJA,
        "lo guardado se puede leer y buscar", "hay archivos en que no se puede leer ni buscar",
        "escanéelo de nuevo con reconocimiento de texto", _CD,
        "páginas sin texto de cada PDF, e imágenes sueltas", contenido.escaneo_ilegible,
    ),
    Tipico(
        "N-23", "Versión «real» fuera del sistema", Clausulas("4.2.3 d)", "7.5.3.1"), _D, MEDIA,
        "lo que se usa es lo que el sistema tiene", "hay archivos que ningún movimiento explica",
        "regístrelo por su movimiento, o sáquelo de la carpeta", _CD,
        "archivos de la carpeta que sobran, faltan o no son los registrados", uso.version_fuera,
    ),
    Tipico(
        "N-24", "Cambio pedido y sin resolver", Clausulas("4.1", "4.4"), _D, MEDIA,
        "lo que se hace y lo que está escrito coinciden: un cambio pedido se decide",
        "hay cambios pedidos o decididos que siguen sin escribirse",
        "resuelva lo pendiente, o descártelo con su razón", _CD,
        "versiones detenidas más de 30 días y documentos que la Dirección decidió modificar",
        contenido.cambio_sin_resolver,
    ),
    Tipico(
        "N-25", "Revisión por la Dirección incompleta", Clausulas("5.6", "9.3"), _P, ALTA,
        "la Dirección revisa el sistema a intervalos planificados, con todas sus entradas y decisiones",
        "la Revisión por la Dirección no se hizo a tiempo o no está completa",
        "complete lo que falta en la próxima sesión", _ECAL,
        "entradas respondidas, decisiones con responsable y plazo, asistentes y fecha de la siguiente",
        direccion.revision_incompleta,
    ),
    Tipico(
        "N-26", "Acción correctiva sin eficacia comprobada", Clausulas("8.5.2", "10.2"), _P, MEDIA,
        "una acción correctiva se cierra cuando otra persona comprueba que sirvió",
        "una acción se cerró sin comprobar que sirvió", "compruebe su eficacia y deje constancia", _ECAL,
        "nada todavía: las acciones correctivas se llevan fuera del sistema",
        direccion.correctiva_sin_eficacia,
    ),
    Tipico(
        "N-27", "Indicador incompleto o sin medir", Clausulas("8.2.3", "9.1"), _PD, MEDIA,
        "cada indicador dice cómo se calcula, con qué se prueba y se mide en su período",
        "hay indicadores que no se pueden calcular, probar o que no se midieron",
        "complételo en el Plan, o archive la medición del período", _EGT,
        "partes de cada indicador del Plan y su ficha, mediciones sin valor, los que nadie midió o que el "
        "Plan no tiene, y la evaluación contra la meta del Plan y lo último que se midió",
        direccion.indicador_incompleto,
    ),
    Tipico(
        "N-28", "Ejecución antes de la visación", _pmg("6.2.2"), _P, ALTA,
        "el Plan y el Programa no se ejecutan antes de la visación técnica",
        "rige o comienza a ejecutarse algo que todavía no estaba visado",
        "reprograme la actividad, o registre el oficio de visación", _EGT,
        "visación de lo que rige, y actividades que comienzan en un mes anterior a ella",
        aprobacion.antes_de_visar, _VISA,
    ),
    Tipico(
        "N-29", "Observación de SUBDERE sin respuesta", _pmg("6.2.1 a 6.2.4"), _D, ALTA,
        "lo que SUBDERE observa se responde en su plazo", "hay observaciones de SUBDERE sin responder",
        "corrija, envíe y remita de nuevo con su oficio", _EGT,
        "versiones devueltas por oficio, contra el plazo en días hábiles que el oficio dio",
        aprobacion.observacion_sin_respuesta, _VISA,
    ),
    Tipico(
        "N-30", "Lo visado no es lo que rige", _pmg("6.2.2", "4.2.3 c)", "7.5.3.2 c)"), _PD, ALTA,
        "lo que rige es exactamente lo que se visó", "rige algo distinto de lo que SUBDERE visó",
        "proponga la modificación y remítala a visación", _EGT,
        "el código de verificación visado contra el de la versión vigente", aprobacion.visado_distinto, _VISA,
    ),
    Tipico(
        "N-31", "Compromiso de seguimiento incompleto", _pmg("6.2.4"), _P, MEDIA,
        "cada compromiso de seguimiento tiene responsable, plazo e indicador",
        "hay compromisos sin responsable, plazo o indicador", "complételos y ríndalos", _EGT,
        "los compromisos pertinentes de implementación y de seguimiento, los vencidos sin rendir, y que los "
        "anteriores se rindan cada uno una vez",
        direccion.compromiso_incompleto, (SEGUIMIENTO, IMPLEMENTACION),
    ),
    Tipico(
        "N-32", "Región omitida", _pmg("6.2.1 a 6.2.3"), _D, MEDIA,
        "el diagnóstico, el plan, el programa y los acuerdos cubren todas las regiones en uso",
        "hay regiones que quedaron fuera", "complete la región que falta, o diga por qué no se aplica", _EGT,
        "la matriz de región por objeto en los datos vigentes, y los acuerdos archivados",
        territorio.region_omitida, (EN_CADA_REGION, *territorio.POR_REGION),
    ),
    Tipico(
        "N-33", "Acuerdo o entrega a un gobierno regional incompleto", _pmg("6.2.2, notas 3 y 4"), _PD, MEDIA,
        "cada acuerdo fija formato, contenido y periodicidad, y cada entrega queda archivada",
        "hay acuerdos incompletos o entregas sin archivar", "complete el acuerdo, o archive la entrega",
        _EGT, "formato, contenido y periodicidad de cada acuerdo; entregas comprometidas del año",
        territorio.acuerdo_incompleto, (PLAN, ACUERDO),
    ),
    Tipico(
        "N-34", "Producto sin procedimiento", _pmg("6.2.5"), _D, MEDIA,
        "cada producto con perspectiva territorial tiene su procedimiento modificado o creado",
        "hay productos sin procedimiento, o con su plazo cumplido y sin que rija",
        "asigne y ponga en vigencia el procedimiento", _EGT,
        "los productos del Diagnóstico contra los compromisos del Programa y lo que rige, o lo declarado",
        territorio.producto_sin_procedimiento, (DIAGNOSTICO, PROGRAMA),
    ),
    Tipico(
        "N-35", "Difusión sin definir ni probar", _pmg("6.2.4"), _P, BAJA,
        "el plan de difusión dice cuándo se da por realizada, y el año cierra con su evidencia",
        "no consta que la difusión se haya realizado, o cuándo se da por realizada",
        "defínalo en el plan de difusión, o archive la evidencia", _EGT,
        "que el plan de difusión diga cuándo se da por realizada; la evidencia del año que cerró, por "
        "región y público",
        territorio.difusion_sin_definir, (DIFUSION,),
    ),
    Tipico(
        "N-36", "Actividad sin responsable, fechas, región o rendición", _pmg("6.2.2 n.º 3 y 6.2.3"),
        _PD, MEDIA,
        "cada actividad del Programa tiene responsable, fechas y región, y su informe la rinde",
        "hay actividades que nadie puede seguir, o que se rinden de otro modo que el programado",
        "complételas en el Programa, o ríndalas", _EGT,
        "responsable, inicio, término y regiones de cada actividad; y las que el informe y la evaluación "
        "rinden, una por una, contra el Programa que regía", territorio.actividad_incompleta, (PROGRAMA,),
    ),
    Tipico(
        "N-37", "Dato personal en un anexo público",
        Clausulas(otra="Ley 19.628, sobre protección de la vida privada"), _D, ALTA,
        "lo público no expone datos de personas", "hay un dato personal a la vista",
        "tápelo o clasifique el documento", _CD,
        "RUT de personas en los documentos vigentes y en los registros de acceso público",
        contenido.dato_personal,
    ),
)  # fmt: skip
"""Todos."""

POR_ID = {t.id: t for t in TIPICOS}

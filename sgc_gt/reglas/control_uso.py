"""Las etapas de un documento que ya rige: uso, cambios, retiro, registros, constancia y cambio de reglas."""

from __future__ import annotations

from typing import Any

from sgc_gt.dominio.etiquetas import ACTOS, DESTINOS_COPIA, ORIGENES, SOPORTES_COPIA
from sgc_gt.dominio.externos import Externo
from sgc_gt.dominio.impresion import MARCA_BORRADOR, MARCA_COPIA, MARCA_OBSOLETO
from sgc_gt.dominio.organizacion import CALIDADES
from sgc_gt.dominio.rectificacion import CAMPOS
from sgc_gt.dominio.textos import enumerar, mayuscula
from sgc_gt.reglas import control_palabras as p
from sgc_gt.reglas.control_piezas import parte, quien
from sgc_gt.reglas.control_reglas import Reglas, ReglaTipo
from sgc_gt.reglas.control_reparto import ReglaReparto


def etapas_de_uso(r: Reglas) -> list[dict[str, Any]]:
    """Desde el uso en adelante."""
    return [
        _uso(r),
        _cambios(r),
        _obsoletos(r),
        _externos(),
        _registros(r),
        _constancia(r),
        _reglas(),
    ]


def _uso(r: Reglas) -> dict[str, Any]:
    leyenda = f" Las listas llevan al pie esta leyenda: «{r.leyenda}»" if r.leyenda else ""
    return parte(
        "Uso y copias",
        [
            "La versión vigente está disponible, en PDF, en el lugar de publicación que el Servicio tiene "
            "para todas sus oficinas.",
            f"Cada copia lleva la marca de su estado: «{MARCA_BORRADOR}» si no está aprobada, "
            f"«{MARCA_COPIA}» si es informativa y «{MARCA_OBSOLETO}» si dejó de regir.{leyenda}",
        ],
        apartados=[
            parte("A quiénes llega", _a_quienes(r), [_reparto(regla) for regla in r.distribucion]),
            parte("Toma de conocimiento", _conocimiento(r)),
            parte("Copias controladas", _copias(r)),
        ],
    )


def _a_quienes(r: Reglas) -> list[str]:
    quien_reparte = p.quien_hace(r.acto("distribuir"))
    generales = (
        "Si el documento no dice otra cosa de sí mismo, deben conocerlo quienes señalan estas reglas; las "
        "que lo alcanzan se suman:"
        if r.distribucion
        else "El Servicio no tiene reglas generales: cada documento dice quiénes deben conocerlo."
    )
    return [
        f"Cuando una versión comienza a regir, {quien_reparte} la da a conocer a los cargos, papeles o "
        "regiones que deben usarla, y guarda la constancia.",
        generales,
    ]


def _reparto(regla: ReglaReparto) -> str:
    """«Procedimiento y Plan, de las áreas Fomento y Calidad: Director/a Regional de cada región.»"""
    tipos = enumerar(regla.tipos) or "Todos los documentos"
    cuantas = "del área" if len(regla.areas) == 1 else "de las áreas"
    areas = f", {cuantas} {enumerar(regla.areas)}" if regla.areas else ""
    return f"{tipos}{areas}: {enumerar(p.destino(t) for t in regla.a)}."


def _conocimiento(r: Reglas) -> list[str]:
    dias = f"{r.plazo_conocimiento} días corridos" if r.plazo_conocimiento != 1 else "un día"
    return [
        f"Cada destinatario toma conocimiento de la versión que leyó, en {dias} desde que rige: por sí "
        "mismo, o con una hoja firmada o una respuesta de correo que control documental adjunta. Una hoja "
        "vale por todos los que la firmaron.",
        "La cuenta comienza de nuevo con cada versión. Mientras falte alguien, el estado del documento dice "
        "cuántos lo conocen, y de cada atrasado, su región y sus días.",
    ]


def _copias(r: Reglas) -> list[str]:
    destinos = enumerar(DESTINOS_COPIA.values(), "o")
    soportes = enumerar(SOPORTES_COPIA.values(), "o")
    return [
        "Una copia controlada tiene un destinatario, un soporte "
        f"({soportes}) y un número que no se repite, ni después de retirada. Quien la recibe deja su acuse.",
        f"Cuando su versión deja de regir, {p.quien_hace(r.acto('retirar-copia'))} la retira y anota si fue "
        f"{destinos}. La nueva versión se entrega con otro número.",
    ]


def _cambios(r: Reglas) -> dict[str, Any]:
    plazos: dict[int, list[ReglaTipo]] = {}
    for tipo in (t for t in r.tipos if t.clase != "registro"):
        plazos.setdefault(tipo.revision_meses, []).append(tipo)
    revisiones = [
        f"{mayuscula(p.cada(meses))}: {enumerar(t.nombre for t in plazos[meses])}."
        for meses in sorted(plazos)
    ]
    return parte(
        "Revisión periódica y cambios",
        apartados=[
            parte(
                "Plazos",
                [
                    f"{quien(r, 'mantener')} revisa el documento en el plazo de su tipo, contado desde que "
                    "comenzó a regir o desde su última revisión:"
                ],
                revisiones,
            ),
            parte(
                "Resultado de la revisión",
                [
                    "Si nada cambia, se registra que se mantiene vigente sin cambios: el plazo comienza "
                    "de nuevo y no hay versión nueva.",
                    "Si algo cambia, se abre una nueva versión con su motivo: lo hace "
                    f"{p.quien_hace(r.acto('nueva-version'))}. La vigente sigue rigiendo hasta que la "
                    "nueva la reemplace. De un código hay a lo más una versión en trabajo.",
                ],
            ),
            parte(
                "Revisión antes de plazo",
                [
                    "Se revisa antes de plazo cuando cambia la ley o una norma que el documento usa, "
                    "cuando lo pide una auditoría o cuando se reorganiza el área."
                ],
            ),
            parte(
                "Control de cambios",
                [
                    "Cada versión trae una tabla con la versión, la fecha, las secciones que cambian, "
                    "la descripción, el motivo y quién aprobó. Las diferencias entre dos versiones se "
                    "pueden ver en detalle."
                ],
            ),
        ],
    )


def _obsoletos(r: Reglas) -> dict[str, Any]:
    return parte(
        "Documentos obsoletos",
        [
            "Un documento queda obsoleto cuando otra versión lo reemplaza o cuando se deja sin efecto. Esto "
            f"último lo decide {p.quien_hace(r.acto('dejar-sin-efecto'))}, con su motivo, y solo si no hay "
            "una versión en trabajo.",
            "La versión obsoleta sale del lugar de publicación y queda en la historia, de donde solo se "
            f"obtiene una copia con la marca «{MARCA_OBSOLETO}». El {p.anexo('tipos')} dice por cuánto "
            "tiempo como mínimo: el texto de cada versión se conserva mientras exista la historia, y no se "
            "elimina por separado.",
            "Descartar un borrador exige su motivo y tampoco borra lo hecho.",
        ],
    )


def _externos() -> dict[str, Any]:
    meses = Externo._field_defaults["verificar_cada_meses"]
    return parte(
        "Documentos externos",
        [
            "Las leyes, oficios, guías y normas que el Servicio usa se anotan en la lista de documentos "
            "externos: título, emisor, edición, dónde están, qué documentos los citan y qué cargo los "
            "verifica."
        ],
        [
            "El cargo indicado comprueba que siga siendo la edición que rige. Si no se fija otro plazo, lo "
            f"hace {p.cada(meses)}.",
            "Cuando sale otra edición, se anota el reemplazo y se revisan los documentos que la citan.",
            "El que deja de usarse se da de baja; sigue en la lista como histórico.",
        ],
    )


def _registros(r: Reglas) -> dict[str, Any]:
    sin_plazo = [s.codigo for s in r.series if s.retencion_anios is None]
    pendientes = (
        f"Falta definir la retención de {enumerar(sin_plazo)}. Mientras tanto, sus registros se conservan."
        if sin_plazo
        else ""
    )
    series = (
        f"Las series, quién guarda cada una y por cuánto tiempo están en el {p.anexo('series')}."
        if r.series
        else ""
    )
    return parte(
        "Registros",
        [
            "Un registro prueba algo que ya ocurrió. Se archiva con su serie, fecha, período y, si "
            "corresponde, región; si el original está en otra parte, se anota dónde.",
            series,
            pendientes,
        ],
        [
            "Un registro no se corrige encima. El error se salva con otro registro que lo nombra, o con una "
            "nota; los dos quedan a la vista.",
            "La retención es un mínimo que se cuenta desde el cierre del año. Cumplirla no autoriza a "
            "eliminar: la disposición final se propone con un inventario, necesita el acto que la ordena y "
            "deja su acta o su recibo. Recién entonces los archivos dejan de estar; queda su constancia. "
            "Mientras se decide se puede desistir, o prorrogar la retención con su motivo.",
            "Se elimina de verdad lo que se archivó tal como llegó, con lo que se le adjuntó. Un registro "
            "que siguió un circuito se transfiere o se prorroga: su texto, y los datos transcritos de "
            "cualquier registro, quedan en la historia. Las hojas firmadas que respaldan un documento se "
            "conservan con él y se retiran con el acto que lo ordene.",
            "No se dispone de un registro que esté en auditoría, en juicio o pedido por una solicitud de "
            "información: su retención se suspende mientras tanto.",
            "Un archivo subido por error se sustrae con el acto que lo ordena. Se va el archivo y queda "
            "dicho cuál era, cuándo y por qué.",
        ],
    )


_FIRMA = (
    "Quien tiene una clave de firma registrada y en su período firma con ella todo lo que anota. La clave "
    "dice qué persona lo anotó; si se pierde, control documental registra otra.",
)


def _constancia(r: Reglas) -> dict[str, Any]:
    decisiones = enumerar((f"«{ACTOS[a]}»" for a in r.decisiones), "o")
    origenes = enumerar((f"«{o}»" for o in ORIGENES.values()), "o")
    return parte(
        "Constancia de lo hecho",
        [
            "Cada movimiento anota qué se hizo, sobre qué versión y qué contenido, quién lo hizo, con qué "
            "cargo y calidad, quién lo registró, cuándo y con qué respaldo. Los movimientos se agregan; no "
            "se borran ni se cambian.",
        ],
        apartados=[
            parte(
                "Quién",
                [
                    f"Se actúa por un cargo y en una calidad: {enumerar(CALIDADES, 'o')}. La calidad "
                    "distinta de titular necesita la ley o el acto que la funda y su período, y se "
                    "imprime en el bloque de firmas.",
                    f"El orden en que los cargos se subrogan está en el {p.anexo('subrogancia')}.",
                    f"Solo control documental registra lo que hizo otra persona. Para {decisiones} "
                    "necesita además el respaldo adjunto. Cada movimiento muestra su origen: "
                    f"{origenes}.",
                    *_FIRMA * r.firmas_exigidas,
                ],
            ),
            parte(
                "Cuándo",
                [
                    "La fecha de un movimiento es la del hecho, en la hora del Servicio. No puede ser "
                    "futura ni anterior al último movimiento del mismo documento. Si no es la de hoy, "
                    "un respaldo debe decirla.",
                    "La de una constancia, que no cambia el estado de nada, puede ser anterior a ese "
                    "movimiento; nunca a la emisión de la versión que nombra.",
                    "Aparte queda el momento en que se registró: así se ve lo que se anotó con atraso.",
                ],
            ),
            parte("Correcciones que no tocan lo aprobado", pasos=_correcciones(r)),
        ],
    )


def _correcciones(r: Reglas) -> list[str]:
    datos = enumerar(dict.fromkeys(campo.etiqueta for campo in CAMPOS.values()))
    return [
        f"Cuando un cargo cambia, {p.quien_hace(r.acto('reasignar'))} reasigna lo que falta por hacer, con "
        "su motivo. Lo ya firmado queda como está, y no sirve para saltarse a quien debía aprobar.",
        "Un dato mal escrito se rectifica, con su motivo, y a la vista quedan lo que decía y lo que dice. Se "
        f"rectifican {datos}. La fecha, la persona, el cargo y el contenido de un movimiento no se "
        "rectifican: son lo que él prueba.",
        "Un código se cambia, con su motivo, cuando el área se reorganiza. El anterior no se vuelve a usar y "
        "sigue llevando al documento; lo ya impreso lo conserva hasta la versión siguiente.",
    ]


def _reglas() -> dict[str, Any]:
    return parte(
        "Cambios a este procedimiento",
        [
            "Este procedimiento se escribe desde las reglas que el sistema aplica: códigos, circuitos, "
            "papeles, plazos, subrogancia, series, excepciones, solicitudes y distribución. Por eso dice lo "
            "que de verdad se exige.",
            "Cambiar una regla es un movimiento de control documental, con su motivo. Desde ese momento el "
            "texto vigente ya no la refleja: el sistema lo avisa, y se abre una nueva versión de este "
            "procedimiento, que sigue el circuito de su tipo. Cambiar quién ejerce un cargo no lo modifica.",
        ],
    )

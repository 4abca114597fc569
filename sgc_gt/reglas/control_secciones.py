"""Las secciones que rodean a las etapas: de objetivo a referencias, y de seguimiento a registros."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sgc_gt.dominio.etiquetas import ACTOS
from sgc_gt.dominio.textos import enumerar
from sgc_gt.reglas import control_palabras as p
from sgc_gt.reglas.control_norma import resumen
from sgc_gt.reglas.control_piezas import textos
from sgc_gt.reglas.control_reglas import Reglas
from sgc_gt.reglas.control_titulares import Titulares

_DEBERES_DEL_DOCUMENTO = {
    "elabora": ("Escribe el borrador en la plantilla del tipo y responde cada observación que recibe.",),
    "revisa": (
        "Leen el borrador enviado y dan su conformidad, o lo devuelven con observaciones por sección.",
    ),
    "aprueba": (
        "Aprueba el borrador o lo devuelve con observaciones. Aprueba solo el contenido que tuvo a la vista.",
    ),
    "responsable": (
        "Cuida que el documento siga diciendo lo que de verdad se hace, y pide su cambio cuando no es así.",
    ),
}
_DEBERES_DEL_PAPEL = {
    "auditor": "Lee todos los documentos y registros, también lo obsoleto y la historia, y no modifica nada.",
    "control_documental": (
        "Lleva las listas, publica lo vigente, retira lo obsoleto y registra lo que llega de fuera del "
        "sistema."
    ),
    "encargado_gt": "Cuida que los documentos de Gestión Territorial estén al día y propone sus cambios.",
    "encargado_cr": "Da a conocer los documentos vigentes en su Centro y propone cambios.",
    "jefatura_territorial": (
        "Da a conocer los documentos vigentes en su región y retira las copias de los obsoletos."
    ),
    "jefe_servicio": "Provee lo necesario para que este procedimiento se cumpla y decide las excepciones.",
    "oficina_partes": "Numera y fecha los oficios y resoluciones que respaldan los movimientos.",
    "representante_direccion": (
        "Vela por que este procedimiento se aplique e informa sus resultados a la Dirección."
    ),
    "revisor_juridico": (
        "Revisa los documentos que crean obligaciones o citan normas, cuando el documento lo indica."
    ),
}


def objetivo(r: Reglas) -> list[str]:
    """Sección 1."""
    return [
        f"Fijar cómo {r.servicio} identifica, elabora, revisa, aprueba, pone en vigencia, da a conocer, "
        "actualiza y retira los documentos de su sistema de gestión de la calidad, y cómo guarda los "
        "registros que prueban lo hecho.",
        f"El procedimiento responde a {resumen(r.norma)} de {r.norma}. Cada regla de los circuitos dice de "
        "dónde viene: de la norma, de este procedimiento o de la práctica del Servicio "
        f"({p.anexo('circuitos')}).",
    ]


def alcance(r: Reglas) -> list[str]:
    """Sección 2."""
    tipos = enumerar(t.nombre for t in r.tipos)
    textos = [
        f"Se aplica a los documentos y registros de estos tipos: {tipos}. Se aplica también a los "
        f"documentos externos que el Servicio usa (apartado {p.apartado('externos')}).",
        "Lo que no tiene código ni versión vigente en la lista maestra no rige como documento del sistema.",
    ]
    if r.series:
        textos.insert(1, f"Los registros que controla son los de las series del {p.anexo('series')}.")
    return textos


MUCHOS = 2  # cargos que caben en un título


def responsabilidades(r: Reglas) -> list[dict[str, Any]]:
    """Sección 3: los papeles que dice cada documento y los del Servicio, con sus cargos."""
    del_documento = [
        {
            "rol": p.papel_del_documento(rol),
            "deberes": [*_DEBERES_DEL_DOCUMENTO[rol], *_movimientos_de(r, rol)],
        }
        for rol in p.DEL_DOCUMENTO
        if rol != "revisa" or r.usa("revisar")
    ]
    return del_documento + [_del_servicio(r, t) for t in r.papeles]


def _del_servicio(r: Reglas, titular: Titulares) -> dict[str, Any]:
    deberes = [d for d in (_deber(r, titular.clave),) if d]
    deberes += _movimientos_de(r, titular.clave)
    deberes += _pasos_de(r, titular.clave)
    # Una serie puede nombrar el papel o el cargo que lo cumple.
    series = [s.codigo for s in r.series if s.responsable.cargos == titular.cargos]
    if series:
        deberes.append(f"Guarda los registros de {enumerar(series)}.")
    # Un título con muchos cargos no se lee: van en la primera línea.
    muchos = len(titular.cargos) > MUCHOS
    if muchos:
        deberes.insert(0, f"Lo ejercen: {p.titulares(titular)}.")
    return {
        "rol": p.papel(titular.clave) if muchos else p.con_titulares(titular),
        "deberes": deberes or ["Participa en los documentos que indican su cargo."],
    }


def _deber(r: Reglas, papel: str) -> str:
    if papel == "miembro_comite":
        return f"Revisa en el {r.comite} cómo funciona el sistema; se abstiene de revisar lo que escribió."
    return _DEBERES_DEL_PAPEL.get(papel, "")


def _movimientos_de(r: Reglas, quien: str) -> Iterator[str]:
    propios = [a for a in r.actos if a.quien == quien and a.nombre != "registrar"]
    if propios:
        yield f"En el sistema le corresponde: {p.movimientos(propios)}."


def _pasos_de(r: Reglas, papel: str) -> Iterator[str]:
    for nombre, pasos in r.circuitos:
        actos = [ACTOS[paso.acto] for paso in pasos if paso.rol == papel]
        if actos:
            yield f"En el circuito {p.circuito(nombre)}: {enumerar(actos)}."


def terminologia(r: Reglas) -> list[dict[str, str]]:
    """Sección 4, en orden alfabético."""
    terminos = {
        "Aprobado": (
            "Estado de una versión que la autoridad ya aceptó. Todavía no rige: rige cuando se pone en "
            "vigencia."
        ),
        "Borrador": "Versión en trabajo. No se usa para trabajar y lo dice en cada página.",
        "Circuito": "Los pasos, en orden, que una versión cumple entre el borrador y la vigencia.",
        "Código de verificación": (
            "Serie de dígitos que se calcula del contenido del documento. Si el contenido cambia, el código "
            "cambia: sirve para comprobar que lo aprobado, lo publicado y lo impreso dicen lo mismo."
        ),
        "Copia controlada": "La que tiene un destinatario conocido y se reemplaza cuando cambia la versión.",
        "Copia no controlada": (
            "La que informa, y no se reemplaza. Toda copia impresa lo es, salvo constancia distinta."
        ),
        "Documento": (
            "Texto que dice cómo se trabaja o qué se decidió. Se mantiene al día por medio de versiones."
        ),
        "Documento externo": (
            "El que emite otra institución y el Servicio usa: leyes, oficios, guías, normas."
        ),
        "Documento obsoleto": (
            "Versión que dejó de regir, porque otra la reemplazó o porque quedó sin efecto."
        ),
        "Lista maestra": "La lista de los documentos vigentes de cada área, con su versión y sus fechas.",
        "Movimiento": (
            "Cada hecho de la vida de un documento: crearlo, enviarlo, aprobarlo, ponerlo en vigencia…"
        ),
        "Registro": "Prueba de un resultado o de una actividad. No se versiona ni se reescribe.",
        "Respaldo": (
            "Lo que prueba un movimiento: una firma, un PDF firmado, una resolución, un oficio o un acta."
        ),
        "Serie de registros": (
            "Registros de una misma clase, que se guardan y se conservan con las mismas reglas."
        ),
        "Subrogancia": "Reemplazo de un cargo por otro, fundado en una ley o en un acto, durante un período.",
        "Versión": "Cada edición de un documento. De un código rige una sola a la vez.",
        "Vigente": "Estado de la versión que rige. Es la única que se usa para trabajar.",
    }
    if r.usa("visar"):
        terminos["Visación técnica"] = (
            "Pronunciamiento por oficio de una institución externa sobre un documento ya aprobado."
        )
    return [{"termino": t, "definicion": terminos[t]} for t in sorted(terminos, key=_sin_tildes)]


def _sin_tildes(texto: str) -> str:
    return texto.lower().translate(str.maketrans("áéíóú", "aeiou"))


def referencias(r: Reglas) -> list[dict[str, str]]:
    """Sección 5: la norma, las listas y las bases legales que las series citan."""
    fijas = [
        {
            "titulo": r.norma,
            "detalle": f"Documento externo. Requisitos: {resumen(r.norma)}. Ver {p.anexo('norma')}.",
        },
        {"titulo": "Lista maestra de documentos", "detalle": "Interna, una por área. Dice qué versión rige."},
        {
            "titulo": "Lista de documentos externos",
            "detalle": "Interna. Dice quién los verifica y cada cuánto.",
        },
    ]
    if r.series:
        fijas.append(
            {
                "titulo": "Listado maestro de registros",
                "detalle": "Interno. Dice cómo se controla cada serie.",
            }
        )
    bases = dict.fromkeys(s.base_legal for s in r.series if s.base_legal)
    return fijas + [
        {"titulo": base, "detalle": f"Retención de las series {enumerar(_con_base(r, base))}."}
        for base in sorted(bases)
    ]


def _con_base(r: Reglas, base: str) -> list[str]:
    return [s.codigo for s in r.series if s.base_legal == base]


def seguimiento(r: Reglas) -> list[dict[str, str]]:
    """Sección 7."""
    return textos(
        [
            "Control documental mide, al menos una vez al año: documentos con su revisión vencida; días "
            "entre la aprobación y la vigencia; borradores devueltos y por qué; movimientos registrados sin "
            "respaldo; y documentos externos sin verificar.",
            "También comprueba que la historia esté íntegra: que cada documento vigente tenga el contenido "
            "que se aprobó y que ningún movimiento haya sido alterado.",
            f"Los resultados se presentan al {r.comite} y sirven de entrada a la Revisión por la Dirección.",
        ]
    )


def resultados() -> list[dict[str, Any]]:
    """Sección 8."""
    return [
        {
            "grupo": "Quien trabaja usa la versión que rige",
            "elementos": [
                "De cada código rige una sola versión, y está donde se usa.",
                "Lo obsoleto no está a la mano; si se conserva, se reconoce a simple vista.",
            ],
        },
        {
            "grupo": "Lo que rige fue aprobado por quien podía hacerlo",
            "elementos": [
                "Cada versión muestra quién la elaboró, la revisó y la aprobó, con su cargo, calidad y "
                "fecha.",
                "El código de verificación demuestra que lo publicado es lo aprobado.",
            ],
        },
        {
            "grupo": "Todo se puede reconstruir",
            "elementos": [
                "Se sabe qué versión regía en cualquier fecha y qué cambió entre dos versiones.",
                "Cada registro que este sistema pide existe, se encuentra y tiene un plazo.",
            ],
        },
    ]


def registros(r: Reglas) -> list[dict[str, Any]]:
    """Sección 9: las series que guarda control documental. La que no tiene plazo no entra."""
    return [
        {
            "codigo": s.codigo,
            "nombre": s.nombre,
            "responsable": s.responsable.clave,
            "soporte": s.soporte or "por definir",
            "almacenamiento": s.almacenamiento or "por definir",
            "proteccion": s.proteccion or "por definir",
            "recuperacion": s.recuperacion or "por definir",
            "retencion": s.retencion_anios,
            "disposicion": s.disposicion or "por definir",
        }
        for s in r.series
        if s.propia and s.retencion_anios
    ]

"""Las etapas del procedimiento (sección 6.2): qué se hace, en qué orden y con qué límites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sgc_gt.dominio.etiquetas import ACTOS, ESTADOS, ORIGENES
from sgc_gt.dominio.externos import Externo
from sgc_gt.dominio.impresion import MARCA_BORRADOR, MARCA_COPIA, MARCA_OBSOLETO
from sgc_gt.dominio.organizacion import CALIDADES
from sgc_gt.reglas import control_palabras as p
from sgc_gt.reglas.control_reglas import Reglas, ReglaTipo


def intro(r: Reglas) -> list[str]:
    """Lo que se lee antes de la primera etapa."""
    return [
        "Los movimientos se nombran siempre con las mismas palabras. La tabla completa, con los estados que cada uno "
        f"une, está en el {p.anexo('movimientos')}; los circuitos, en el {p.anexo('circuitos')}.",
        "Estar aprobado, regir, estar publicado y ser conocido son cosas distintas: cada una tiene su momento y su "
        "constancia.",
    ]


def etapas(r: Reglas) -> list[dict[str, Any]]:
    """Las once etapas, en el orden en que `control_palabras` las numera."""
    return [
        _codigo(r),
        _elaboracion(r),
        _aprobacion(r),
        _vigencia(r),
        _uso(r),
        _cambios(r),
        _obsoletos(r),
        _externos(),
        _registros(r),
        _constancia(r),
        _reglas(r),
    ]


def _etapa(titulo: str, parrafos: Iterable[str], pasos: Iterable[str] = (), **resto: Any) -> dict[str, Any]:
    etapa = {"titulo": titulo, "parrafos": _textos(parrafos), "pasos": _textos(pasos), **resto}
    return {clave: valor for clave, valor in etapa.items() if valor}


def _quien(r: Reglas, acto: str) -> str:
    return p.mayuscula(p.quien_hace(r.acto(acto)))


def _textos(textos: Iterable[str]) -> list[dict[str, str]]:
    return [{"texto": texto} for texto in textos if texto]


def _codigo(r: Reglas) -> dict[str, Any]:
    return _etapa(
        "Solicitud y código",
        ["Cualquier funcionaria o funcionario puede pedir un documento nuevo, un cambio o que uno deje de regir."],
        [
            "Quien pide dice qué documento, qué cambia y por qué.",
            "Control documental comprueba que no exista ya, asigna el código y crea el documento con su título, quien lo "
            "elabora, quienes lo revisan, quien lo aprueba y quien responde del proceso.",
        ],
        apartados=[
            {"titulo": "Código", "parrafos": _textos(_mascara(r))},
            {"titulo": "Versión", "parrafos": _textos(_version(r))},
        ],
    )


def _mascara(r: Reglas) -> Iterator[str]:
    texto = p.mascara(r.mascara.texto)
    con_area = "{area}" in r.mascara.texto
    ancho = len(re.findall(r"\{(n+)\}", r.mascara.texto)[0])
    cifras = f"de al menos {ancho} cifras" if ancho > 1 else "sin ceros adelante"
    area = " ÁREA es la sigla del área o proceso." if con_area else ""
    ejemplo = next((t for t in r.tipos if t.clase == "documento"), None)
    yield (
        f"Los códigos tienen la forma {texto}. TIPO es el prefijo del tipo.{area} {'N' * ancho} es un número "
        f"correlativo {cifras}."
    )
    if ejemplo:
        yield (
            f"Por ejemplo, {ejemplo.ejemplo} es un código del tipo {ejemplo.nombre}. El {p.anexo('codigos')} trae un "
            "ejemplo de cada tipo."
        )
    cuenta = "cada tipo y área" if con_area else "cada tipo"
    yield f"El correlativo se cuenta aparte para {cuenta}. Un código no se usa dos veces, aunque su documento ya no rija."


def _version(r: Reglas) -> Iterator[str]:
    primera = r.formato.inicial()
    yield (
        f"La primera versión es la {primera} y la que sigue, la {r.formato.siguiente(primera)}. Un cambio menor agrega "
        f"un segundo número: {r.formato.siguiente(primera, menor=True)}. Es menor el que corrige la forma sin tocar los "
        "pasos, los plazos ni quién hace qué."
    )
    salvo = f", salvo que su estado ya fuera {p.estados(r.queman)}" if r.queman else ""
    yield f"Un borrador que se descarta no consume su número{salvo}. Devolverlo con observaciones tampoco lo consume."


def _elaboracion(r: Reglas) -> dict[str, Any]:
    return _etapa(
        "Elaboración del borrador",
        [
            "El borrador se escribe en Word sobre la plantilla de su tipo, en español, y se conserva en el mismo formato. "
            "Los tipos que admiten cualquier formato conservan el archivo tal como se recibió."
        ],
        [
            "Quien elabora escribe el contenido. El código, la versión, las fechas, las firmas y el control de cambios "
            "los imprime el sistema: no se escriben a mano.",
            "Cada entrega queda guardada: lo anterior se puede recuperar y comparar.",
            "Las secciones obligatorias del tipo se responden todas; la que no se aplica lo dice y da la razón.",
        ],
    )


def _aprobacion(r: Reglas) -> dict[str, Any]:
    visacion = [_visacion(r)] if r.usa("visar") else []
    nombre = p.enumerar(("Revisión",) * r.usa("revisar") + ("aprobación",) + ("visación",) * r.usa("visar"))
    return _etapa(
        p.mayuscula(nombre),
        [
            "Al enviar el borrador, el sistema chequea su forma. Una alerta que impide detiene el envío; las demás "
            "aconsejan. Desde el envío el archivo queda de solo lectura y el circuito, con sus cargos, queda fijo.",
            "Un paso se cumple cuando actuaron todas las personas que pide, y todas sobre el mismo contenido: el código "
            "de verificación lo asegura.",
        ],
        apartados=[
            *(_circuito(r, nombre) for nombre, _ in r.circuitos),
            _devolucion(r),
            {"titulo": "Separación de funciones", "parrafos": _textos(_separacion(r))},
            *visacion,
        ],
    )


def _circuito(r: Reglas, nombre: str) -> dict[str, Any]:
    nuevas = [t.nombre for t in r.tipos if t.circuito == nombre]
    menores = [t.nombre for t in r.tipos if (t.circuito_menor or t.circuito) == nombre]
    if nuevas == menores:
        lo_siguen = [f"Lo siguen las versiones nuevas y los cambios menores de: {p.enumerar(nuevas)}."]
    else:
        lo_siguen = [
            f"Lo siguen {que} de: {p.enumerar(tipos)}."
            for que, tipos in (("las versiones nuevas", nuevas), ("los cambios menores", menores))
            if tipos
        ]
    pasos = []
    for paso in dict(r.circuitos)[nombre]:
        distinto = p.distinto_de(paso)
        regla = f" Debe ser una persona distinta {distinto}." if distinto else ""
        pasos.append(f"{p.mayuscula(ACTOS[paso.acto])}: {p.quien_cumple(r, paso)}.{regla}")
    return {
        "titulo": f"Circuito {p.circuito(nombre)}",
        "parrafos": _textos(lo_siguen),
        "pasos": _textos(pasos),
        "cierre": _textos([f"Los respaldos que acepta cada paso y la fuente de cada regla están en el {p.anexo('circuitos')}."]),
    }


def _devolucion(r: Reglas) -> dict[str, Any]:
    return {
        "titulo": "Devolver, retirar y reabrir",
        "parrafos": _textos(
            [
                f"{_quien(r, 'devolver')} puede devolver el borrador con observaciones, cada una referida a una sección. "
                f"{_quien(r, 'retirar')} puede retirarlo mientras no esté aprobado. En ambos casos vuelve a borrador "
                "con la misma versión, y el circuito comienza otra vez desde el primer paso.",
                f"{_quien(r, 'reabrir')} puede reabrir una versión aprobada que aún no rige, con su motivo. La "
                "aprobación que ya se dio queda en la historia, sin efecto.",
            ]
        ),
    }


def _separacion(r: Reglas) -> Iterator[str]:
    libres = [
        f"{ACTOS[paso.acto]} en el circuito {p.circuito(nombre)}"
        for nombre, paso in r.pasos()
        if paso.acto in ("revisar", "aprobar") and "elabora" not in paso.distinto_de
    ]
    if len(libres) < sum(paso.acto in ("revisar", "aprobar") for _, paso in r.pasos()):
        yield (
            "Se comparan personas, no cargos. Donde el circuito pide alguien distinto de quien escribió el borrador, no "
            "puede haberlo escrito ni quien decide ni quien registra la decisión."
        )
    if libres:
        yield f"Esta separación no se exige para {p.enumerar(libres)}."
    if r.excepciones:
        documentos = p.enumerar(e.documento for e in r.excepciones)
        yield f"Hay excepciones razonadas para {documentos}. Se muestran, con su razón, en el {p.anexo('excepciones')}."
    else:
        yield "Una excepción para un documento exige su razón y siempre se muestra. Hoy no hay ninguna."


def _visacion(_: Reglas) -> dict[str, Any]:
    return {
        "titulo": "Visación técnica",
        "parrafos": _textos(
            [
                "El documento aprobado se remite por oficio a la institución que lo visa, y se registra el número y la "
                "fecha. La respuesta es otro oficio, que se guarda y que dice a cuál contesta.",
                "Si la respuesta trae observaciones, se registra como devolución con su oficio y el documento vuelve a "
                "borrador. La falta de respuesta no equivale a visación.",
            ]
        ),
    }


def _vigencia(r: Reglas) -> dict[str, Any]:
    return _etapa(
        "Puesta en vigencia",
        ["Un documento aprobado no rige todavía. Rige desde que control documental lo pone en vigencia."],
        [
            "Se imprime en el documento su código, versión, fechas, firmas, control de cambios y código de verificación.",
            f"La vigencia puede comenzar otro día, nunca antes. Hasta entonces la versión está «{ESTADOS['emitido']}» y "
            "sigue rigiendo la anterior.",
            f"Cuando comienza a regir, la versión anterior pasa a «{ESTADOS['obsoleto']}» y las listas se actualizan solas.",
        ],
        notas=["De cada código rige una sola versión."],
    )


def _uso(r: Reglas) -> dict[str, Any]:
    leyenda = f" Al pie de cada página dice: «{r.leyenda}»" if r.leyenda else ""
    return _etapa(
        "Uso y copias",
        ["La versión vigente está disponible, en PDF, en el lugar de publicación que el Servicio tiene para todas sus oficinas."],
        [
            "Cuando una versión comienza a regir, control documental la da a conocer a los cargos que la usan y guarda "
            "la constancia.",
            "Las copias de la versión anterior se retiran al entregar la nueva.",
            f"Cada copia lleva la marca de su estado: «{MARCA_BORRADOR}» si no está aprobada, «{MARCA_COPIA}» si es "
            f"informativa y «{MARCA_OBSOLETO}» si dejó de regir.{leyenda}",
        ],
    )


def _cambios(r: Reglas) -> dict[str, Any]:
    plazos: dict[int, list[ReglaTipo]] = {}
    for tipo in r.tipos:
        plazos.setdefault(tipo.revision_meses, []).append(tipo)
    revisiones = [
        f"{p.mayuscula(p.cada(meses))}: {p.enumerar(t.nombre for t in plazos[meses])}." for meses in sorted(plazos)
    ]
    return _etapa(
        "Revisión periódica y cambios",
        [
            f"{_quien(r, 'mantener')} revisa el documento en el plazo de su tipo, contado desde que comenzó a regir o "
            "desde su última revisión:"
        ],
        revisiones,
        apartados=[
            {
                "titulo": "Resultado de la revisión",
                "parrafos": _textos(
                    [
                        "Si nada cambia, se registra que se mantiene vigente sin cambios: el plazo comienza de nuevo y "
                        "no hay versión nueva.",
                        f"Si algo cambia, se abre una nueva versión con su motivo: lo hace {p.quien_hace(r.acto('nueva-version'))}. "
                        "La vigente sigue rigiendo hasta que la nueva la reemplace. De un código hay a lo más una "
                        "versión en trabajo.",
                    ]
                ),
            },
            {
                "titulo": "Revisión antes de plazo",
                "parrafos": _textos(
                    [
                        "Se revisa antes de plazo cuando cambia la ley o una norma que el documento usa, cuando lo pide "
                        "una auditoría o cuando se reorganiza el área."
                    ]
                ),
            },
            {
                "titulo": "Control de cambios",
                "parrafos": _textos(
                    [
                        "Cada versión trae una tabla con la versión, la fecha, las secciones que cambian, la descripción, "
                        "el motivo y quién aprobó. Las diferencias entre dos versiones se pueden ver en detalle."
                    ]
                ),
            },
        ],
    )


def _obsoletos(r: Reglas) -> dict[str, Any]:
    return _etapa(
        "Documentos obsoletos",
        [
            "Un documento queda obsoleto cuando otra versión lo reemplaza o cuando se deja sin efecto. Esto último lo "
            f"decide {p.quien_hace(r.acto('dejar-sin-efecto'))}, con su motivo, y solo si no hay una versión en trabajo.",
            "La versión obsoleta sale del lugar de publicación y queda en la historia, de donde solo se obtiene una copia "
            f"con la marca «{MARCA_OBSOLETO}». Se conserva el tiempo que dice el {p.anexo('tipos')}.",
            "Descartar un borrador exige su motivo y tampoco borra lo hecho.",
        ],
    )


def _externos() -> dict[str, Any]:
    meses = Externo._field_defaults["verificar_cada_meses"]
    return _etapa(
        "Documentos externos",
        [
            "Las leyes, oficios, guías y normas que el Servicio usa se anotan en la lista de documentos externos: título, "
            "emisor, edición, dónde están, qué documentos los citan y qué cargo los verifica."
        ],
        [
            f"El cargo indicado comprueba que siga siendo la edición que rige. Si no se fija otro plazo, lo hace {p.cada(meses)}.",
            "Cuando sale otra edición, se anota el reemplazo y se revisan los documentos que la citan.",
            "El que deja de usarse se da de baja; sigue en la lista como histórico.",
        ],
    )


def _registros(r: Reglas) -> dict[str, Any]:
    sin_plazo = [s.codigo for s in r.series if s.retencion_anios is None]
    pendientes = (
        f"Falta definir la retención de {p.enumerar(sin_plazo)}. Mientras tanto, sus registros se conservan."
        if sin_plazo
        else ""
    )
    series = f"Las series, quién guarda cada una y por cuánto tiempo están en el {p.anexo('series')}." if r.series else ""
    return _etapa(
        "Registros",
        [
            "Un registro prueba algo que ya ocurrió. Se archiva con su serie, fecha, período y, si corresponde, región; "
            "si el original está en otra parte, se anota dónde.",
            series,
            pendientes,
        ],
        [
            "Un registro no se corrige encima. El error se salva con otro registro que lo nombra.",
            "La retención es un mínimo que se cuenta desde el cierre del año. Cumplirla no autoriza a eliminar: la "
            "disposición final necesita el acto que la ordena y deja su propia constancia.",
            "No se dispone de un registro que esté en auditoría, en juicio o pedido por una solicitud de información.",
        ],
    )


def _constancia(r: Reglas) -> dict[str, Any]:
    decisiones = p.enumerar((f"«{ACTOS[a]}»" for a in r.decisiones), "o")
    origenes = p.enumerar((f"«{o}»" for o in ORIGENES.values()), "o")
    return _etapa(
        "Constancia de lo hecho",
        [
            "Cada movimiento anota qué se hizo, sobre qué versión y qué contenido, quién lo hizo, con qué cargo y calidad, "
            "quién lo registró, cuándo y con qué respaldo. Los movimientos se agregan; no se borran ni se cambian.",
        ],
        apartados=[
            {
                "titulo": "Quién",
                "parrafos": _textos(
                    [
                        f"Se actúa por un cargo y en una calidad: {p.enumerar(CALIDADES, 'o')}. La calidad distinta de "
                        "titular necesita la ley o el acto que la funda y su período, y se imprime en el bloque de firmas.",
                        f"El orden en que los cargos se subrogan está en el {p.anexo('subrogancia')}.",
                        f"Solo control documental registra lo que hizo otra persona. Para {decisiones} necesita además "
                        f"el respaldo adjunto. Cada movimiento muestra su origen: {origenes}.",
                    ]
                ),
            },
            {
                "titulo": "Cuándo",
                "parrafos": _textos(
                    [
                        "La fecha de un movimiento es la del hecho, en la hora del Servicio. No puede ser futura ni "
                        "anterior al último movimiento del mismo documento. Si no es la de hoy, un respaldo debe decirla.",
                        "Aparte queda el momento en que se registró: así se ve lo que se anotó con atraso.",
                    ]
                ),
            },
        ],
    )


def _reglas(r: Reglas) -> dict[str, Any]:
    return _etapa(
        "Cambios a este procedimiento",
        [
            "Este procedimiento se escribe desde las reglas que el sistema aplica: códigos, circuitos, papeles, plazos, "
            "subrogancia, series y excepciones. Por eso dice lo que de verdad se exige.",
            "Cambiar una regla es un movimiento de control documental, con su motivo. Desde ese momento el texto vigente ya "
            "no la refleja: el sistema lo avisa, y se abre una nueva versión de este procedimiento, que sigue el circuito "
            "de su tipo. Cambiar quién ejerce un cargo no lo modifica.",
        ],
    )

"""Las etapas del procedimiento (sección 6.2): qué se hace, en qué orden y con qué límites, hasta que rige."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sgc_gt.dominio.etiquetas import ACTOS, ESTADOS
from sgc_gt.dominio.solicitudes import DECISIONES
from sgc_gt.dominio.textos import enumerar, mayuscula
from sgc_gt.reglas import control_palabras as p
from sgc_gt.reglas.control_piezas import parte, quien, textos
from sgc_gt.reglas.control_reglas import Reglas
from sgc_gt.reglas.control_uso import etapas_de_uso


def intro() -> list[str]:
    """Lo que se lee antes de la primera etapa."""
    return [
        "Los movimientos se nombran siempre con las mismas palabras. La tabla completa, con los estados que "
        f"cada uno une, está en el {p.anexo('movimientos')}; los circuitos, en el {p.anexo('circuitos')}.",
        "Estar aprobado, regir, estar publicado y ser conocido son cosas distintas: cada una tiene su "
        "momento y su constancia.",
    ]


def etapas(r: Reglas) -> list[dict[str, Any]]:
    """Las once etapas, en el orden en que `control_palabras` las numera."""
    return [
        _codigo(r),
        _elaboracion(),
        _aprobacion(r),
        _vigencia(),
        *etapas_de_uso(r),
    ]


def _codigo(r: Reglas) -> dict[str, Any]:
    return parte(
        "Solicitud y código",
        apartados=[
            _solicitud(r),
            parte("Código", _mascara(r)),
            parte("Versión", _version(r)),
        ],
    )


def _solicitud(r: Reglas) -> dict[str, Any]:
    decisiones = enumerar(DECISIONES.values(), "o")
    pedir = (
        "Cualquier funcionaria o funcionario puede pedir un documento nuevo, un cambio o que uno deje de "
        "regir. Dice qué documento, qué cambia y por qué."
    )
    crear = (
        f"Si es un documento nuevo, {p.quien_hace(r.acto('crear'))} comprueba que no exista ya, le asigna "
        "código y lo crea con su título, quién lo elabora, quiénes lo revisan, quién lo aprueba y quién "
        "responde del proceso."
    )
    if not r.solicitudes:
        return parte("Solicitud", pasos=[pedir, crear])
    donde = f"La solicitud queda registrada y tiene respuesta: {decisiones}. La da quien corresponde:"
    dichas = [p.solicitud(ruta, r.solicitudes[:n]) for n, ruta in enumerate(r.solicitudes)]
    return parte("Solicitud", [pedir, donde], dichas, cierre=textos([crear]))


def _mascara(r: Reglas) -> Iterator[str]:
    texto = p.mascara(r.mascara.texto)
    con_area = "{area}" in r.mascara.texto
    ancho = len(re.findall(r"\{(n+)\}", r.mascara.texto)[0])
    cifras = f"de al menos {ancho} cifras" if ancho > 1 else "sin ceros adelante"
    area = " ÁREA es la sigla del área o proceso." if con_area else ""
    documentos = [t for t in r.tipos if t.clase == "documento"]
    ejemplo = next((t for t in documentos if t.circuito == r.procedimiento), None)
    yield (
        f"Los códigos tienen la forma {texto}. TIPO es el prefijo del tipo.{area} {'N' * ancho} es un número "
        f"correlativo {cifras}."
    )
    if ejemplo:
        yield (
            f"Por ejemplo, {ejemplo.ejemplo} es un código del tipo {ejemplo.nombre}. El "
            f"{p.anexo('codigos')} trae un ejemplo de cada tipo."
        )
    cuenta = "cada tipo y área" if con_area else "cada tipo"
    yield (
        f"El correlativo se cuenta aparte para {cuenta}. Un código no se usa dos veces, aunque su documento "
        "ya no rija."
    )


def _version(r: Reglas) -> Iterator[str]:
    primera = r.formato.inicial()
    yield (
        f"La primera versión es la {primera} y la que sigue, la {r.formato.siguiente(primera)}. Un cambio "
        f"menor agrega un segundo número: {r.formato.siguiente(primera, menor=True)}. Es menor el que "
        "corrige la forma sin tocar los pasos, los plazos ni quién hace qué."
    )
    salvo = f", salvo que su estado ya fuera {p.estados(r.queman)}" if r.queman else ""
    yield (
        f"Un borrador que se descarta no consume su número{salvo}. Devolverlo con observaciones tampoco lo "
        "consume."
    )


def _elaboracion() -> dict[str, Any]:
    return parte(
        "Elaboración del borrador",
        [
            "El borrador se escribe en Word sobre la plantilla de su tipo, en español, y se conserva en el "
            "mismo formato. Los tipos que admiten cualquier formato conservan el archivo tal como se "
            "recibió."
        ],
        [
            "Quien elabora escribe el contenido. El código, la versión, las fechas, las firmas y el control "
            "de cambios los imprime el sistema: no se escriben a mano.",
            "Cada entrega queda guardada: lo anterior se puede recuperar y comparar.",
            "Las secciones obligatorias del tipo se responden todas; la que no se aplica lo dice y da la "
            "razón.",
        ],
    )


def _aprobacion(r: Reglas) -> dict[str, Any]:
    visacion = [_visacion()] if r.usa("visar") else []
    nombre = enumerar(("Revisión",) * r.usa("revisar") + ("aprobación",) + ("visación",) * r.usa("visar"))
    return parte(
        mayuscula(nombre),
        [
            "Al enviar el borrador, el sistema chequea su forma. Una alerta que impide detiene el envío; "
            "las demás aconsejan. Desde el envío el archivo queda de solo lectura y el circuito, con sus "
            "cargos, queda fijo.",
            "Un paso se cumple cuando actuaron todas las personas que pide, y todas sobre el mismo "
            "contenido: el código de verificación lo asegura.",
        ],
        apartados=[
            *(_circuito(r, nombre) for nombre, _ in r.circuitos),
            _devolucion(r),
            parte("Separación de funciones", _separacion(r)),
            *visacion,
        ],
    )


def _circuito(r: Reglas, nombre: str) -> dict[str, Any]:
    lo_siguen = enumerar(f"{que} de tipo {enumerar(tipos, 'o')}" for que, tipos in _usos(r, nombre) if tipos)
    pasos = []
    for paso in dict(r.circuitos)[nombre]:
        distinto = p.distinto_de(paso)
        regla = f" Debe ser una persona distinta {distinto}." if distinto else ""
        pasos.append(f"{mayuscula(ACTOS[paso.acto])}: {p.quien_cumple(r, paso)}.{regla}")
    citas = (
        f"Los respaldos que acepta cada paso y la fuente de cada regla están en el {p.anexo('circuitos')}."
    )
    return parte(f"Circuito {p.circuito(nombre)}", [f"Lo siguen {lo_siguen}."], pasos, cierre=textos([citas]))


def _usos(r: Reglas, circuito: str) -> Iterator[tuple[str, list[str]]]:
    """Para qué se sigue el circuito, y en qué tipos."""
    registros = [t.nombre for t in r.tipos if t.clase == "registro" and t.circuito == circuito]
    nuevas = [t.nombre for t in r.tipos if t.clase != "registro" and t.circuito == circuito]
    menores = [t.nombre for t in r.tipos if t.circuito_menor == circuito]
    if nuevas == menores:
        yield "las versiones nuevas y los cambios menores", nuevas
    else:
        yield "las versiones nuevas", nuevas
        yield "los cambios menores", menores
    yield "los registros", registros


def _devolucion(r: Reglas) -> dict[str, Any]:
    return parte(
        "Devolver, retirar y reabrir",
        [
            f"{quien(r, 'devolver')} puede devolver el borrador con observaciones, cada una referida a "
            f"una sección. {quien(r, 'retirar')} puede retirarlo mientras no esté aprobado. En ambos "
            "casos vuelve a borrador con la misma versión, y el circuito comienza otra vez desde el "
            "primer paso.",
            f"{quien(r, 'reabrir')} puede reabrir una versión aprobada que aún no rige, con su motivo. "
            "La aprobación que ya se dio queda en la historia, sin efecto.",
        ],
    )


def _separacion(r: Reglas) -> Iterator[str]:
    libres = [
        f"{ACTOS[paso.acto]} en el circuito {p.circuito(nombre)}"
        for nombre, paso in r.pasos()
        if paso.acto in ("revisar", "aprobar") and "elabora" not in paso.distinto_de
    ]
    if len(libres) < sum(paso.acto in ("revisar", "aprobar") for _, paso in r.pasos()):
        yield (
            "Se comparan personas, no cargos. Donde el circuito pide alguien distinto de quien escribió el "
            "borrador, no puede haberlo escrito ni quien decide ni quien registra la decisión."
        )
    if libres:
        yield f"Esta separación no se exige para {enumerar(libres)}."
    if r.excepciones:
        documentos = enumerar(e.documento for e in r.excepciones)
        yield (
            f"Hay excepciones razonadas para {documentos}. Se muestran, con su razón, en el "
            f"{p.anexo('excepciones')}."
        )
    else:
        yield "Una excepción para un documento exige su razón y siempre se muestra. Hoy no hay ninguna."


def _visacion() -> dict[str, Any]:
    return parte(
        "Visación técnica",
        [
            "El documento aprobado se remite por oficio a la institución que lo visa, y se registra el "
            "número y la fecha. La respuesta es otro oficio, que se guarda y que dice a cuál contesta.",
            "Si la respuesta trae observaciones, se registra como devolución con su oficio y el "
            "documento vuelve a borrador. La falta de respuesta no equivale a visación.",
        ],
    )


def _vigencia() -> dict[str, Any]:
    return parte(
        "Puesta en vigencia",
        ["Un documento aprobado no rige todavía. Rige desde que control documental lo pone en vigencia."],
        [
            "Se imprime en el documento su código, versión, fechas, firmas, control de cambios y código de "
            "verificación.",
            "La vigencia puede comenzar otro día, nunca antes. Hasta entonces la versión está "
            f"«{ESTADOS['emitido']}» y sigue rigiendo la anterior.",
            f"Cuando comienza a regir, la versión anterior pasa a «{ESTADOS['obsoleto']}» y las listas se "
            "actualizan solas.",
        ],
        notas=["De cada código rige una sola versión."],
    )

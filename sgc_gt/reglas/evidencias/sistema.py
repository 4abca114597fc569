"""Evidencias sobre el sistema mismo: documentos externos, movimientos y lo que los documentos tratan."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from sgc_gt.dominio import actos
from sgc_gt.dominio.auditoria import Prueba, Respuesta, responder
from sgc_gt.dominio.etiquetas import ACTOS, ORIGENES
from sgc_gt.dominio.externos import ESTADOS, VIGENTE, Externo
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.textos import cita
from sgc_gt.reglas.evidencias.materia import Materia, Visto, al, cuantos


def externos(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Cada documento externo: edición, quién lo verifica y cuándo; lo vencido y lo no verificado a tiempo."""
    pruebas = [_de_externo(m, e) for e in m.externos]
    malos = sum(1 for p in pruebas if p.alerta)
    return responder(
        pruebas,
        f"Documentos externos: {len(pruebas)}. Por verificar o vencidos: {malos}.",
        f"sgc-gt listas --fecha {m.fecha}",
        nada="La lista de documentos externos está vacía.",
    )


def _de_externo(m: Materia, e: Externo) -> Prueba:
    toca = e.proxima_verificacion
    alerta = ""
    if e.estado == VIGENTE and e.vigencia_hasta and e.vigencia_hasta < m.fecha:
        alerta = f"rigió hasta el {al(e.vigencia_hasta)}"
    elif toca and toca < m.fecha:
        alerta = f"debió verificarse antes del {al(toca)}"
    usan = f"; lo usa {', '.join(e.usado_por)}" if e.usado_por else ""
    dice = (
        f"{e.titulo} ({e.emisor}, {e.version or 'sin edición'}): {ESTADOS[e.estado].lower()}; verifica "
        f"{nombre_cargo(m.servicio, e.verifica)}, última vez el {al(e.ultima_verificacion)}{usan}"
    )
    return Prueba(e.id, dice, alerta, fecha=e.ultima_verificacion, lugar=e.ubicacion)


def movimientos(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Quién hizo qué quedó anotado; una decisión ajena sin papel que la respalde es una alerta."""
    vistos = (*m.documentos, *m.registros)
    pruebas = [p for d in vistos for p in _de_ficha(m, d)]
    hechos = [x for d in vistos for x in d.ficha.actos if x.fecha <= m.fecha and x.cargo != "sistema"]
    firmados = sum(1 for x in hechos if x.firma)
    origenes = Counter(x.origen for x in hechos)
    partes = [
        f"{origenes[clave]} {nombre.removeprefix('registrado ')}"
        for clave, nombre in ORIGENES.items()
        if origenes[clave]
    ]
    return responder(
        pruebas,
        f"Movimientos: {', '.join(partes)}; firmados: {firmados}. "
        "Si alguien los tocó, o una firma no vale, lo dice «verificar».",
        "sgc-gt verificar",
        nada="No hay movimientos a esta fecha.",
    )


def _de_ficha(m: Materia, d: Visto) -> list[Prueba]:
    hechos = [x for x in d.ficha.actos if x.fecha <= m.fecha]
    if not hechos:
        return []
    sin_papel = [x for x in hechos if x.acto in actos.CON_RESPALDO and x.origen == "registrado_sin_respaldo"]
    todos = Prueba(
        d.codigo,
        f"{cuantos(len(hechos), 'un movimiento', 'movimientos')}, "
        f"del {al(hechos[0].fecha)} al {al(hechos[-1].fecha)}",
        movimiento=hechos[-1].n,
        fecha=hechos[-1].fecha,
    )
    malos = (
        Prueba(
            d.codigo,
            f"{ACTOS[x.acto]}, {m.quien(x)}",
            "se anotó por otra persona y sin respaldo",
            x.version,
            x.n,
            x.fecha,
        )
        for x in sin_papel
    )
    return list(chain(malos, [todos]))


def menciones(m: Materia, datos: tuple[str, ...]) -> Respuesta:
    """Los documentos vigentes, y las actas de la dirección, que dicen esas palabras."""
    halladas = dict.fromkeys(x for palabra in datos for x in m.menciones.get(palabra, ()))
    pruebas = [
        Prueba(
            x.documento, f"{f'sección {x.seccion}: ' if x.seccion else ''}{cita(x.frase, 120)}", "", x.version
        )
        for x in halladas
    ]
    palabras = " o ".join(f"«{p}»" for p in datos)
    tratan = len({p.documento for p in pruebas})
    return responder(
        pruebas,
        f"{cuantos(tratan, 'Lo trata un documento vigente', 'documentos vigentes lo tratan')}.",
        "sgc-gt estado",
        nada=f"Ningún documento vigente ni acta de la dirección dice {palabras}: pida dónde se resolvió.",
    )

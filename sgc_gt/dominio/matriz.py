"""La matriz: de cada requisito, el objeto y el documento que lo responden, cómo se aprobó y qué falta.

Funciones puras sobre lo ya leído (`consultas.matriz`). Un requisito se responde cuando un tipo de su objeto
lo nombra en sus secciones o en sus datos, hay un documento o registro de ese tipo en el período, y la parte
que lo nombra no está en blanco.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sgc_gt.dominio.estandarizacion import CUMPLIDO, en_palabras
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.matriz_valores import Escrito, FilaMatriz, Materia, de_donde
from sgc_gt.dominio.regiones import nombre_de
from sgc_gt.dominio.requisitos import (
    APROBACION,
    CONTENIDO,
    ES_GORE,
    NO_ES_GORE,
    REGISTRO,
    VISACION,
    Catalogo,
    Objeto,
    Requisito,
)

EN_EL_ARCHIVO = "en el archivo"
"""Dónde se responde lo que llegó sin datos: lo lee una persona."""


def matriz(m: Materia) -> tuple[FilaMatriz, ...]:
    """Una fila por requisito de los sistemas en uso, en el orden de sus catálogos."""
    return tuple(fila for c in m.servicio.catalogos for fila in _del_catalogo(m, c))


def _del_catalogo(m: Materia, c: Catalogo) -> Iterator[FilaMatriz]:
    propias = {r.id: _con_los_demas(m, c, r) for r in c.requisitos if not r.con}
    for r in (*c.requisitos, *_de_objetos(m, c)):
        if r.id not in propias and not r.con:
            propias[r.id] = _fila(m, c, r)
        yield propias[r.id] if r.id in propias else _con_otros(c, r, propias)


def _de_objetos(m: Materia, c: Catalogo) -> Iterator[Requisito]:
    """Los objetos que ningún requisito que se aplique nombra (deberes y decisiones): se pide que existan."""
    nombrados = {clave for r in c.requisitos if _se_aplica(m, r) for clave in (r.objeto, *r.tambien)}
    for o in c.objetos:
        if o.id not in nombrados:
            dicho = any(_nombra(m, t.id, o.id) for t in m.tipos_de(o))
            yield Requisito(o.id, o.nombre, o.id, pide=(CONTENIDO,) if dicho else (REGISTRO,))


def _con_los_demas(m: Materia, c: Catalogo, r: Requisito) -> FilaMatriz:
    """La fila de su objeto, y lo que falta en los otros de que se pide lo mismo."""
    fila = _fila(m, c, r)
    otras = [_fila(m, c, r._replace(objeto=clave)) for clave in r.tambien]
    faltas = [fila.falta, *(f"{f.nombre}: {f.falta}" for f in otras if f.falta)]
    codigos = dict.fromkeys(f.codigo for f in otras if f.codigo)
    return fila._replace(otros=(*fila.otros, *codigos), falta="; ".join(filter(None, faltas)))


def _con_otros(c: Catalogo, r: Requisito, propias: Mapping[str, FilaMatriz]) -> FilaMatriz:
    """Lo responden otros requisitos: le falta lo que a ellos."""
    otras = [propias[x] for x in r.con if x in propias]
    callados = [f.requisito for f in otras if f.falta]
    falta = f"sin responder: {', '.join(callados)}" if callados else ""
    primera = next((f for f in otras if f.codigo), None)
    fila = _vacia(c, r)._replace(lugar=", ".join(r.con), falta=falta)
    if primera is None:
        return fila
    campos = ("codigo", "version", "aprobacion", "aprueba", "visacion", "oficio", "registro")
    return fila._replace(**{campo: getattr(primera, campo) for campo in campos})


def _fila(m: Materia, c: Catalogo, r: Requisito) -> FilaMatriz:
    o, fila = c.objeto(r.objeto), _vacia(c, r)
    if not _se_aplica(m, r):
        es = "es" if m.servicio.es_gore else "no es"
        return fila._replace(aplica=False, lugar=f"no se aplica: el servicio {es} un gobierno regional")
    if o.estandarizacion:
        return _de_estandarizacion(m, r, fila)
    candidatos = _candidatos(m, o, r)
    if not candidatos:
        return _sin_nada(m, o, fila)
    mejor = min(candidatos, key=lambda e: len(_faltas(m, r, e)))
    faltas = [*_faltas(m, r, mejor), *_regiones(m, o, candidatos)]
    return fila._replace(
        codigo=mejor.codigo,
        version=mejor.version,
        aprobacion=mejor.aprobacion,
        aprueba=mejor.aprueba,
        visacion=mejor.visacion,
        oficio=mejor.oficio,
        registro=mejor.registro,
        lugar=_lugar(m, r, mejor),
        otros=tuple(dict.fromkeys(e.codigo for e in candidatos if e.codigo != mejor.codigo)),
        falta="; ".join(faltas),
    )


def _vacia(c: Catalogo, r: Requisito) -> FilaMatriz:
    o = c.objeto(r.objeto)
    return FilaMatriz(c.sistema, r.etapa or o.etapa, r.id, r.titulo, o.id, o.nombre)


def _se_aplica(m: Materia, r: Requisito) -> bool:
    return not r.si or r.si == (ES_GORE if m.servicio.es_gore else NO_ES_GORE)


def _candidatos(m: Materia, o: Objeto, r: Requisito) -> list[Escrito]:
    """Los que pueden responder: los de cada tipo que nombra el requisito o, si ninguno, los de todos."""
    nombran = [t.id for t in m.tipos_de(o) if _nombra(m, t.id, r.id)] if CONTENIDO in r.pide else []
    return [e for t in nombran or de_donde(o) for e in m.de(t, o)]


def _faltas(m: Materia, r: Requisito, e: Escrito) -> list[str]:
    """Lo que a ese documento le falta para responder el requisito."""
    faltas = []
    if CONTENIDO in r.pide:
        tipo = m.servicio.tipos.get(e.tipo)
        if tipo and not _nombra(m, tipo.id, r.id):
            faltas.append(f"el tipo «{tipo.nombre}» no dice dónde se responde")
        if blancos := _blancos(e, r.id):
            faltas.append(f"en blanco: {', '.join(f'«{b}»' for b in blancos)}")
    if APROBACION in r.pide and e.aprobacion is None:
        faltas.append("sin aprobación que conste")
    if VISACION in r.pide and e.visacion is None:
        faltas.append("sin visación técnica")
    if REGISTRO in r.pide and not e.registro:
        faltas.append("no está en el listado de registros")
    return faltas


def _regiones(m: Materia, o: Objeto, candidatos: Iterable[Escrito]) -> Iterator[str]:
    """Las regiones en uso de que no hay ninguno, si se pide uno por región."""
    dichas = {e.region for e in candidatos}
    faltan = [nombre_de(c) for c in m.servicio.regiones if c not in dichas]
    if o.por_region and "" not in dichas and "todas" not in dichas and faltan:
        yield f"sin {', '.join(faltan)}"


def _lugar(m: Materia, r: Requisito, e: Escrito) -> str:
    """Dónde se responde: la sección que lo nombra, o el archivo si llegó sin datos."""
    if CONTENIDO not in r.pide:
        return ""
    if not e.con_datos:
        return EN_EL_ARCHIVO
    tipo = m.servicio.tipos.get(e.tipo)
    return (
        next((s.titulo for s in tipo.secciones if _toca(s.requisitos, r.id)), "en sus datos") if tipo else ""
    )


def _nombra(m: Materia, tipo: str, requisito: str) -> bool:
    """Si el tipo dice responder el requisito, o alguna de sus partes (IMP-5 se responde con IMP-5.a)."""
    return _toca(m.nombran[tipo], requisito)


def _blancos(e: Escrito, requisito: str) -> list[str]:
    """Lo que está en blanco del requisito o de sus partes."""
    return list(dict.fromkeys(b for r, dichos in e.blancos.items() if _toca((r,), requisito) for b in dichos))


def _toca(requisitos: Iterable[str], requisito: str) -> bool:
    return any(r == requisito or r.startswith(f"{requisito}.") for r in requisitos)


def _sin_nada(m: Materia, o: Objeto, fila: FilaMatriz) -> FilaMatriz:
    """No hay quien lo responda: por qué, en palabras."""
    tipos = m.tipos_de(o)
    if o.eventual and tipos:
        return fila._replace(aplica=False, lugar="no hizo falta en el período")
    abierto = next((a for a in m.abiertos if a.tipo in de_donde(o)), None)
    previo = next((e for e in m.escritos if e.tipo in de_donde(o)), None)
    if o.tipos and not tipos:
        falta = f"el servicio no tiene un tipo que lo escriba («{o.tipos[0]}»)"
    elif abierto:
        que = f"{abierto.codigo} versión {abierto.version}" if abierto.version else abierto.codigo
        falta = f"{que} está en «{ESTADOS[abierto.estado]}» y todavía no rige"
        fila = fila._replace(codigo=abierto.codigo)
    elif previo:
        que = f"{previo.codigo} versión {previo.version}" if previo.version else previo.codigo
        falta = f"lo último es {que}, de {previo.periodo}: falta lo de {m.periodo}"
        fila = fila._replace(codigo=previo.codigo)
    else:
        nombre = tipos[0].nombre if tipos else o.nombre
        falta = f"no hay «{nombre}»" + (f" de {m.periodo}" if o.anual else "")
    if m.declarados & set(o.tipos):
        falta += " (declarado al comenzar, sin documento vigente)"
    return fila._replace(falta=falta)


def _de_estandarizacion(m: Materia, r: Requisito, fila: FilaMatriz) -> FilaMatriz:
    """Los procedimientos que la estandarización enlaza al requisito."""
    suyas = [f for f in m.estandarizacion if f.requisito == r.id]
    if not suyas:
        return fila._replace(aplica=bool(m.estandarizacion), lugar="ningún producto lo pide hoy")
    cumplidas = [f for f in suyas if f.estado == CUMPLIDO]
    pendientes = [f"{f.producto}: {en_palabras(f)}" for f in suyas if f.estado != CUMPLIDO]
    primera = (cumplidas or suyas)[0]
    escrito = next((e for e in m.escritos if e.codigo == primera.documento), Escrito("", ""))
    return fila._replace(
        codigo=primera.documento,
        version=primera.version if primera.estado == CUMPLIDO else "",
        aprobacion=escrito.aprobacion,
        aprueba=escrito.aprueba,
        lugar=", ".join(dict.fromkeys(f.producto for f in suyas)),
        otros=tuple(dict.fromkeys(f.documento for f in suyas if f.documento not in ("", primera.documento))),
        falta="; ".join(pendientes),
    )

"""La comparación como una página: dos columnas, imprimible, sin nada de afuera ni nada que ejecutar.

Lo suprimido y lo agregado son `del` e `ins`, con palabras para quien no ve el color ni el trazo.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from sgc_gt.comparacion.aplicar import bloque_nuevo
from sgc_gt.comparacion.bloque_html import (
    bloque,
    cambiado,
    entero,
    frases,
    marcado,
)
from sgc_gt.comparacion.decir import (
    CLASES,
    DE_SECCION,
    conclusion,
    destinos,
    es_su_titulo,
    nombre_lado,
    origenes,
    otros_cambios,
    secciones_con_cambios,
    titulo_informe,
    traslados,
)
from sgc_gt.comparacion.hoja import HOJA
from sgc_gt.comparacion.valores import (
    AGREGADO,
    CAMBIAN,
    IGUAL,
    MODIFICADO,
    MOVIDO,
    ORIGEN,
    SUPRIMIDO,
    CambioZona,
    Comparacion,
    Informe,
    Lado,
    Paso,
    SeccionComparada,
)

CONTEXTO = 1
"""Bloques iguales que se muestran antes y después de cada cambio."""
ROTULOS = {
    AGREGADO: "Agregado",
    SUPRIMIDO: "Suprimido",
    MODIFICADO: "Modificado",
    MOVIDO: "Movido",
    ORIGEN: "Se llevó",
}
LEYENDA = (
    "Lo tachado se suprimió y lo subrayado se agregó. Se compara lo que los documentos dicen: texto, tablas, "
    "encabezados, pies, notas, imágenes y enlaces; no su formato."
)
Lugares = tuple[dict[int, str], dict[int, str]]


class Encaje(NamedTuple):
    """Dónde va el cuerpo de una comparación: el nivel de sus títulos y, en página ajena, cómo se rotula."""

    nivel: int = 2
    propia: bool = True  # si la página es solo esta comparación: lleva índice y sus secciones son regiones

    def seccion(self, ancla: str, titulo: str, dentro: str) -> str:
        """Una sección con su título."""
        region, id_ = (f' aria-labelledby="{ancla}"', f' id="{ancla}"') if self.propia else ("", "")
        return f"<section{region}><h{self.nivel}{id_}>{titulo}</h{self.nivel}>\n{dentro}</section>\n"


PAGINA = Encaje()


def informe_a_html(i: Informe) -> str:
    """La página completa."""
    titulo = escape(titulo_informe(i))
    nombre = escape(i.despues.titulo or i.antes.titulo or "Comparación de dos archivos")
    return (
        '<!DOCTYPE html>\n<html lang="es-CL">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="generator" content="sgc-gt">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Comparación · {titulo}</title>\n<style>{HOJA}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{titulo}</h1>\n"
        f'<p class="subtitulo">{nombre}</p>\n'
        f"{_lados(i)}</header>\n<main>\n"
        f"{cuerpo(i)}</main>\n<footer><p>{LEYENDA}</p></footer>\n</body>\n</html>\n"
    )


def cuerpo(i: Informe, encaje: Encaje = PAGINA) -> str:
    """Lo que cambió, sin la página: para ponerlo dentro de otra, que lleva las reglas de `hoja.cuadro`."""
    return (
        f'<p class="conclusion">{escape(conclusion(i))}</p>\n'
        + "".join(f'<p class="aviso">{escape(aviso)}.</p>\n' for aviso in i.avisos)
        + (_secciones(i, i.comparacion, encaje) if i.comparacion is not None else "")
        + (_zonas(i.zonas, encaje) if i.zonas else "")
    )


def _lados(i: Informe) -> str:
    filas = _lado("Antes", i.antes) + _lado("Después", i.despues)
    return (
        '<table class="lados"><caption class="vh">Los dos archivos comparados</caption>'
        '<thead><tr><th scope="col">Lado</th><th scope="col">Versión</th>'
        '<th scope="col">Archivo y sha256</th></tr></thead>'
        f"<tbody>{filas}</tbody></table>\n"
    )


def _lado(rotulo: str, lado: Lado) -> str:
    version = nombre_lado(lado) if lado.version else "archivo suelto"
    archivo = f'{escape(lado.archivo)}, {lado.tamano} bytes<br><span class="huella">{lado.sha256}</span>'
    return f'<tr><th scope="row">{rotulo}</th><td>{escape(version)}</td><td>{archivo}</td></tr>'


def _secciones(i: Informe, c: Comparacion, encaje: Encaje) -> str:
    secciones = secciones_con_cambios(c)
    if not secciones:
        return ""
    lugares = origenes(c), destinos(c)
    return (_indice(secciones) if encaje.propia else "") + "".join(
        encaje.seccion(f"s{n}", _titulo(s), _cambios(s, i, lugares)) for n, s in enumerate(secciones, 1)
    )


def _indice(secciones: Sequence[SeccionComparada]) -> str:
    renglones = "".join(
        f'<li><a href="#s{n}">{escape(s.nombre)}</a>{_cuantos(s)}</li>' for n, s in enumerate(secciones, 1)
    )
    nav = '<nav aria-labelledby="indice"><h2 id="indice">Secciones con cambios</h2>'
    return f"{nav}<ol>{renglones}</ol></nav>\n"


def _cuantos(s: SeccionComparada) -> str:
    if s.tipo in DE_SECCION:
        return f" ({DE_SECCION[s.tipo]})"
    n = len(s.cambiadas)
    return f" ({n} cambios)" if n > 1 else " (1 cambio)" if n else ""


def _titulo(s: SeccionComparada) -> str:
    notas = [DE_SECCION[s.tipo]] if s.tipo in DE_SECCION else []
    if s.nombre_antes and s.nombre_antes != s.nombre:
        notas.append(f"antes: {s.nombre_antes}")
    nota = f' <span class="nota">({escape("; ".join(notas))})</span>' if notas else ""
    return f"{escape(s.nombre)}{nota}"


def _cambios(s: SeccionComparada, i: Informe, lugares: Lugares) -> str:
    filas = "".join(_filas(s, lugares))
    return _tabla(s.nombre, nombre_lado(i.antes), nombre_lado(i.despues), filas) if filas else ""


def _tabla(nombre: str, antes: str, despues: str, filas: str) -> str:
    return (
        f'<table class="par"><caption class="vh">Cambios en {escape(nombre)}</caption><thead><tr>'
        f'<th scope="col">Cambio</th><th scope="col">Antes: {escape(antes)}</th>'
        f'<th scope="col">Después: {escape(despues)}</th></tr></thead>\n<tbody>{filas}</tbody></table>\n'
    )


# ---- filas ------------------------------------------------------------------------------------------------


def _filas(s: SeccionComparada, lugares: Lugares) -> Iterator[str]:
    """Los cambios con su contexto; lo igual que no lo es de ninguno se cuenta y no se muestra."""
    todos = [
        p
        for p in s.pasos
        if not es_su_titulo(p, s) and not (p.tipo == ORIGEN and _con_su_seccion(p, s, lugares))
    ]
    quietos = [_no_se_muestra(p, s, lugares) for p in todos]
    cerca = [not all(quietos[max(0, n - CONTEXTO) : n + CONTEXTO + 1]) for n in range(len(quietos))]
    if not any(cerca):
        return
    for visible, grupo in groupby(zip(todos, quietos, cerca, strict=True), key=lambda x: x[2]):
        pasos = list(grupo)
        if visible:
            yield from (_sin_cambio(p) if quieto else _fila(p, s, lugares) for p, quieto, _ in pasos)
        else:
            cuantos = "1 bloque sin cambios" if len(pasos) == 1 else f"{len(pasos)} bloques sin cambios"
            yield f'<tr class="salto"><td colspan="3">… {cuantos} …</td></tr>\n'


def _no_se_muestra(p: Paso, s: SeccionComparada, lugares: Lugares) -> bool:
    """Lo igual, y lo que solo se movió junto con su sección entera."""
    if p.tipo == IGUAL:
        return True
    return p.edicion is None and p.tipo == MOVIDO and _con_su_seccion(p, s, lugares)


def _con_su_seccion(p: Paso, s: SeccionComparada, lugares: Lugares) -> bool:
    return s.tipo == MOVIDO and lugares[0].get(p.antes) in (s.nombre_antes, s.nombre)


def _sin_cambio(p: Paso) -> str:
    texto = bloque(p.bloque) if p.bloque else ""
    return f'<tr class="igual"><th scope="row">Sin cambio</th><td>{texto}</td><td>{texto}</td></tr>\n'


def _fila(p: Paso, s: SeccionComparada, lugares: Lugares) -> str:
    antes, despues = _celdas(p, s, lugares)
    clase = f" <br>{CLASES[p.bloque.clase]}" if p.bloque and p.tipo in CAMBIAN else ""
    return (
        f'<tr class="{p.tipo}"><th scope="row">{ROTULOS[p.tipo]}<span class="dice">{clase}</span></th>'
        f"<td>{antes}</td><td>{despues}</td></tr>\n"
    )


def _celdas(p: Paso, s: SeccionComparada, lugares: Lugares) -> tuple[str, str]:
    nada = '<span class="ausente">(no estaba)</span>', '<span class="ausente">(ya no está)</span>'
    if p.bloque is None:
        return "", ""
    if p.tipo == AGREGADO:
        return nada[0], entero(p.bloque, AGREGADO)
    if p.tipo == SUPRIMIDO:
        return entero(p.bloque, SUPRIMIDO), nada[1]
    if p.tipo == ORIGEN:
        return bloque(p.bloque), _dice(_lugar("Ahora está", lugares[1].get(p.antes, ""), s))
    viejo, nuevo = cambiado(p) if p.edicion else ("", bloque(bloque_nuevo(p) or p.bloque))
    if p.tipo == MOVIDO and not _con_su_seccion(p, s, lugares):
        viejo = _dice(_lugar("Estaba", lugares[0].get(p.antes, ""), s)) + viejo
    return viejo, nuevo + frases([*otros_cambios(p), *traslados(p)])


def _lugar(verbo: str, seccion: str, s: SeccionComparada) -> str:
    return (
        f"{verbo} en otro lugar de esta sección."
        if seccion in (s.nombre, s.nombre_antes)
        else f"{verbo} en «{seccion}»."
    )


def _dice(texto: str) -> str:
    return f'<p class="dice">{escape(texto)}</p>'


# ---- zonas de control -------------------------------------------------------------------------------------


def _zonas(zonas: Sequence[CambioZona], encaje: Encaje) -> str:
    filas = "".join(
        f'<tr><th scope="row">{escape(z.nombre)}</th><td>{_zona(z, SUPRIMIDO)}</td>'
        f"<td>{_zona(z, AGREGADO)}</td></tr>\n"
        for z in zonas
    )
    return encaje.seccion(
        "zonas",
        'Zonas de control <span class="nota">(las escribe el sistema)</span>',
        '<table class="par"><caption class="vh">Zonas de control</caption><thead><tr>'
        '<th scope="col">Zona</th><th scope="col">Antes</th><th scope="col">Después</th></tr></thead>\n'
        f"<tbody>{filas}</tbody></table>",
    )


def _zona(z: CambioZona, tipo: str) -> str:
    if z.filas:
        return _lista(
            marcado(" · ".join(c for c in f.texto.split(" | ") if c), tipo) for f in z.filas if f.tipo == tipo
        )
    texto = z.antes if tipo == SUPRIMIDO else z.despues
    return marcado(texto, tipo) if texto else '<span class="ausente">(vacía)</span>'


def _lista(elementos: Iterable[str]) -> str:
    dentro = "".join(f"<li>{e}</li>" for e in elementos)
    return f"<ul>{dentro}</ul>" if dentro else '<span class="ausente">(ninguna fila distinta)</span>'

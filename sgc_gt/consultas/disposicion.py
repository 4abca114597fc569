"""Los registros que cumplieron su retención, los suspendidos y los que están en disposición; y su inventario.

Cumplir el plazo no borra nada: aquí se ve qué se puede proponer, qué lo detiene y qué acto lo autorizó
(ISO 9001:2008 4.2.4; dominio §2.7).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.consultas.listas import Lista, exportar
from sgc_gt.consultas.registros import registros
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import rutas, vida
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.filas import retencion as plazo
from sgc_gt.dominio.rectificacion import rectificada
from sgc_gt.dominio.regiones import REGIONES
from sgc_gt.dominio.servicio import Serie, Tipo
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.dominio.tabla import FECHA, Columna, Tabla

NUMERO = re.compile(r"DISP-\d{4}-\d{3,}", re.ASCII)
"""Cómo se nombra una propuesta de disposición."""

KILO = 1024

PANTALLA = (
    Columna("codigo", "Código", ancho=18),
    Columna("titulo", "Registro", ancho=30),
    Columna("vence", "Se conserva hasta", FECHA, 12),
    Columna("estado_dicho", "Estado", ancho=22),
    Columna("propuesta", "Propuesta", ancho=14),
    Columna("paso", "Qué sigue", ancho=44),
)
INVENTARIO = (
    Columna("codigo", "Código", ancho=18),
    Columna("serie", "Serie", ancho=28),
    Columna("titulo", "Registro", ancho=32),
    Columna("periodo", "Período", ancho=9),
    Columna("region", "Región", ancho=18),
    Columna("desde", "Fecha", FECHA, 12),
    Columna("volumen", "Volumen", ancho=18),
    Columna("lugar", "Dónde está", ancho=34),
    Columna("retencion", "Retención", ancho=12),
    Columna("vence", "Se conserva hasta", FECHA, 14),
    Columna("base_legal", "Base legal", ancho=26),
    Columna("destino", "Se propone", ancho=14),
    Columna("sha256", "SHA-256 del archivo", ancho=30),
)


class Fila(NamedTuple):
    """Un registro, con lo que un inventario dice de él y en qué está su disposición."""

    codigo: str
    serie: str
    titulo: str
    periodo: str
    region: str
    desde: date
    volumen: str
    bytes: int
    lugar: str
    retencion: str
    vence: date | None
    base_legal: str
    destino: str  # en palabras; vacío si nadie lo ha dicho
    sha256: str
    estado: str
    propuesta: str
    acto: str  # el acto administrativo que la autorizó
    responsable: str
    paso: str  # qué sigue, o qué lo detiene

    def a_dict(self) -> dict[str, Any]:
        """La fila como datos, con fechas como texto."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in self._asdict().items()}

    def legible(self) -> dict[str, object]:
        """La fila con las palabras de pantalla."""
        return {**self._asdict(), "estado_dicho": ESTADOS[self.estado]}


def disposiciones(vista: Vista, fecha: date) -> list[Fila]:
    """Lo vencido, lo suspendido y lo que está en disposición en la fecha, por código."""
    vencidos = {i.codigo for f in registros(vista, "", fecha) for i in f.vencidos}
    en_curso = (tabla.SUSPENDIDO, tabla.EN_DISPOSICION, tabla.POR_DISPONER)
    filas = []
    for ficha in _instancias(vista):
        v = situacion(ficha, fecha).vigente
        if v and (ficha.codigo in vencidos or v.estado in en_curso):
            filas.append(fila(vista, ficha))
    return sorted(filas, key=lambda f: f.codigo)


DE_LA_HISTORIA = (
    "Se elimina de verdad lo que se archivó tal como llegó. El texto de cada versión de un documento, y el "
    "de un registro que siguió un circuito, queda en la historia de esta carpeta mientras ella exista: su "
    "plazo es un mínimo."
)


def permanecen(vista: Vista, fecha: date) -> str:
    """Cuántas versiones que ya no rigen cumplieron el plazo de su tipo y siguen en la historia, y de cuáles
    documentos; vacío si ninguna."""
    tipos = vista.servicio.tipos
    cumplidas = {
        ficha.codigo: sum(1 for v in situacion(ficha, fecha).versiones if _cumplio(v, ficha, tipos, fecha))
        for ficha in vista.fichas()
        if "/" not in ficha.clave
    }
    suyos = sorted(codigo for codigo, cuantas in cumplidas.items() if cuantas)
    cuantas = sum(cumplidas.values())
    if not cuantas:
        return ""
    cumplio = (
        "Una versión que ya no rige cumplió"
        if cuantas == 1
        else f"{cuantas} versiones que ya no rigen cumplieron"
    )
    return f"{cumplio} su plazo y no hay nada que proponer: {', '.join(suyos)}."


def _cumplio(v: Version, ficha: Ficha, tipos: Mapping[str, Tipo], fecha: date) -> bool:
    fin = vida.obsoleta_hasta(v, tipos.get(ficha.tipo)) if v.estado == tabla.OBSOLETO else None
    return fin is not None and fin < fecha


def _instancias(vista: Vista) -> Iterator[Ficha]:
    return (f for f in vista.fichas() if "/" in f.codigo)


def vencidas(vista: Vista, serie: str, fecha: date) -> list[str]:
    """Los códigos de una serie que cumplieron su retención y cuya disposición nadie ha abierto."""
    hallados = {i.codigo for f in registros(vista, "", fecha) if f.codigo == serie for i in f.vencidos}
    quietos = (tabla.ARCHIVADO, tabla.CORREGIDO)
    return sorted(
        f.codigo
        for f in vista.instancias(serie)
        if f.codigo in hallados and (v := situacion(f, fecha).vigente) and v.estado in quietos
    )


def expandir(vista: Vista, dichos: Iterable[str]) -> list[str]:
    """Los códigos que se nombraron; el número de una propuesta vale por los suyos."""
    codigos: list[str] = []
    for dicho in dichos:
        codigos += de_la_propuesta(vista, dicho) if NUMERO.fullmatch(dicho) else [dicho]
    return list(dict.fromkeys(codigos))


def de_la_propuesta(vista: Vista, numero: str) -> list[str]:
    """Los códigos de una propuesta, en orden; vacío si no existe."""
    return sorted(f.codigo for f in _instancias(vista) if (c := vida.curso(f)) and c.numero == numero)


def siguiente_numero(vista: Vista, anio: int) -> str:
    """El número que toma la propuesta que se abre: correlativo del año, nunca repetido."""
    usados = [
        int(str(m.extra[vida.PROPUESTA]).rpartition("-")[2])
        for f in _instancias(vista)
        for m in f.actos
        if m.acto == "proponer-disposicion" and str(m.extra[vida.PROPUESTA]).startswith(f"DISP-{anio}-")
    ]
    return f"DISP-{anio}-{max(usados, default=0) + 1:03d}"


def fila(vista: Vista, ficha: Ficha) -> Fila:
    """Lo que el inventario dice de un registro."""
    servicio, ficha = vista.servicio, rectificada(ficha)
    serie = servicio.series.get(ficha.codigo.partition("/")[0])
    s = situacion(ficha)
    v = s.versiones[-1]
    curso = vida.curso(ficha)
    region = REGIONES.get(ficha.region)
    return Fila(
        codigo=ficha.codigo,
        serie=serie.nombre if serie else "",
        titulo=v.titulo,
        periodo=ficha.codigo.split("/")[1] if "/" in ficha.codigo else "",
        region=region.nombre if region else "",
        desde=v.archivada,
        volumen=_volumen(ficha, v),
        bytes=sum(e.tamano for e in vida.del_registro(ficha)),
        lugar=_lugar(ficha, v),
        retencion=plazo(serie.retencion_anios) if serie else "",
        vence=vida.vence(serie, ficha),
        base_legal=serie.base_legal if serie else "",
        destino=_destino(curso, serie),
        sha256=v.sha256,
        estado=v.estado,
        propuesta=curso.numero if curso else "",
        acto=vida.en_palabras(curso.autorizacion) if curso and curso.autorizacion else "",
        responsable=nombre_cargo(servicio, serie.responsable) if serie else "",
        paso=_paso(ficha, v, curso),
    )


def _destino(curso: vida.Curso | None, serie: Serie | None) -> str:
    dicho = str(curso.propuesta.extra[vida.DESTINO]) if curso else vida.destino_de(serie)
    return vida.DESTINOS.get(dicho, "")


def _volumen(ficha: Ficha, v: Version) -> str:
    """Cuánto es: lo que se dijo al archivarlo o, si está aquí, sus archivos."""
    dicho = str(ficha.actos[0].extra.get("volumen", ""))
    piezas = vida.del_registro(ficha)
    cuantos = len(piezas) + bool(v.emision)
    if dicho or not cuantos:
        return dicho or "no se dijo"
    return f"{'1 archivo' if cuantos == 1 else f'{cuantos} archivos'}, {_peso(sum(e.tamano for e in piezas))}"


def _peso(tamano: int) -> str:
    return f"{tamano} bytes" if tamano < KILO else f"{tamano / KILO:.1f} kB".replace(".", ",")


def _lugar(ficha: Ficha, v: Version) -> str:
    ubicacion = str(ficha.actos[0].extra.get("ubicacion", ""))
    carpeta = rutas.carpeta(ficha)
    return ubicacion or (carpeta if v.emision else f"{carpeta}/{rutas.EVIDENCIAS}")


def _paso(ficha: Ficha, v: Version, curso: vida.Curso | None) -> str:
    """Qué sigue, en una oración, y qué quedaría en la historia; o qué lo detiene."""
    detenido = vida.suspension(ficha)
    if detenido:
        return vida.en_que_suspension(detenido)
    if v.estado in tabla.RETIRADOS:
        return vida.sin_el(ficha)
    return _que_sigue(v, curso) + (vida.QUEDARA_TRANSCRITO if vida.transcrito(ficha) else "")


def _que_sigue(v: Version, curso: vida.Curso | None) -> str:
    if curso and curso.autorizacion:
        que = vida.DESTINOS[str(curso.propuesta.extra[vida.DESTINO])]
        return f"{vida.en_palabras(curso.autorizacion)} autoriza su {que}: hacerla y registrarla"
    if curso:
        return "espera el acto que la autorice (--resolucion o --decreto)"
    if v.emision:
        return "cumplió su retención: proponer su transferencia o prorrogarla (su texto queda en la historia)"
    return "cumplió su retención: proponer su disposición"


def inventario(vista: Vista, codigos: Sequence[str], fecha: date) -> Tabla:
    """El inventario de esos registros, con volumen y fechas extremas por serie."""
    filas = [fila(vista, vista.ficha(c)) for c in codigos]
    numeros = sorted({f.propuesta for f in filas if f.propuesta})
    titulo = "Inventario de registros para disposición"
    return Tabla(
        f"{titulo} {', '.join(numeros)}".strip(),
        vista.servicio.nombre,
        INVENTARIO,
        tuple(f._asdict() for f in filas),
        fecha,
        tuple(resumen(filas)),
    )


def resumen(filas: Iterable[Fila]) -> Iterator[str]:
    """Por serie: cuántos registros, sus fechas extremas y cuánto pesan los que están aquí."""
    por_serie: dict[str, list[Fila]] = defaultdict(list)
    for f in filas:
        por_serie[f.codigo.partition("/")[0]].append(f)
    for codigo, suyas in por_serie.items():
        dias = [f.desde for f in suyas]
        cuantos = "1 registro" if len(suyas) == 1 else f"{len(suyas)} registros"
        pesan = sum(f.bytes for f in suyas)
        aqui = f"; guardados aquí: {_peso(pesan)}" if pesan else ""
        desde, hasta = imprimir_fecha(min(dias)), imprimir_fecha(max(dias))
        fechas = f"del {desde} al {hasta}" if desde != hasta else f"del {desde}"
        yield f"{codigo}, «{suyas[0].serie}»: {cuantos}, {fechas}{aqui}."


def exportar_inventario(vista: Vista, tabla_: Tabla, formato: str) -> bytes:
    """El inventario con membrete, en XLSX o DOCX."""
    return exportar(vista, Lista("inventario", tabla_), formato)

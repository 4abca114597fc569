"""Qué trae el formulario de un documento: su borrador o, si está vacío, lo del período anterior."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.config.lectura import leer_yaml
from sgc_gt.consultas.antecedentes import declarado
from sgc_gt.consultas.versiones import datos_de
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.periodos import anio_propio, solo_anio
from sgc_gt.dominio.regiones import existentes
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.dominio.textos import textos_en
from sgc_gt.errores import EntradaInvalida, NoEncontrado, UsoIncorrecto
from sgc_gt.listas.formularios.celdas import Nombres
from sgc_gt.listas.formularios.modelo import Formulario
from sgc_gt.listas.formularios.partes import REGION, poner

_LISTAS = {"producto": ("productos",), "indicador": ("indicadores",), "sistema": ("sistemas",)}
"""Referencia → en qué tabla de los datos están sus valores."""


class _Previo(NamedTuple):
    """Unos datos anteriores y cómo se llaman para la persona."""

    datos: Any
    nombre: str


def formulario(ctx: Contexto, vista: Vista, pedido: str, region: str, periodo: str) -> Formulario:
    """El formulario de un documento (por su código) o de un tipo; NoEncontrado si no es ninguno."""
    ficha = vista.buscar(pedido.strip().upper())
    hoy = ctx.ahora(vista).date()
    tipo = _tipo(vista, pedido, ficha)
    if not tipo.datos:
        raise UsoIncorrecto(
            f"los documentos de tipo «{tipo.nombre}» no se hacen desde datos: no tienen formulario",
            lugar=pedido,
            hacer="entregue el archivo mismo",
        )
    s = situacion(ficha, hoy) if ficha else None
    abierta = s.abierta if s else None
    base = _leer(_en_trabajo(ctx, vista, ficha, abierta)) if ficha and abierta else {}
    previo = _anterior(vista, ficha, abierta) if ficha else _ultimo_del_tipo(vista, tipo, region)
    previo = previo or _declarado(vista, tipo.id, ficha.region if ficha else region)
    datos, procedencia = _prellenado(base, previo, abierta)
    anio = anio_de(ficha, abierta, hoy.year, periodo)
    f = Formulario(
        tipo.id,
        tipo.nombre,
        tipo.datos,
        datos,
        nombres_de(vista, anio, [datos, previo.datos if previo else None]),
        base=base,
        codigo=ficha.codigo if ficha else "",
        version=abierta.version if abierta else "",
        titulo=str(ficha.identidad.get("titulo", "")) if ficha else "",
        servicio=vista.servicio.nombre,
        sigla=vista.servicio.sigla,
        periodo=periodo or str(anio),
        region=region,
        anterior=previo.datos if previo else None,
        anterior_nombre=previo.nombre if previo else "",
        procedencia=procedencia,
        listas=_listas(vista, datos, hoy),
        clase=tipo.clase,
    )
    f = _exigir_regional(f, region)
    return _entero_de_su_region(f) if region and not f.propias() else f


def _entero_de_su_region(f: Formulario) -> Formulario:
    """El registro de una región (su acuerdo, su entrega) es todo de ella: va entero, con la región puesta."""
    datos = deepcopy(f.datos)
    for parte in f._replace(region="").propias():
        for campo in parte.campos if not parte.tabla else ():
            if campo.clase == REGION:
                poner(datos, (*parte.ruta, *campo.ruta), f.region)
    return f._replace(datos=datos, region="")


def _exigir_regional(f: Formulario, region: str) -> Formulario:
    if region and not f.propias() and f.clase != "registro":
        raise UsoIncorrecto(
            f"«{f.nombre}» no tiene tablas por región: nada en él es de una sola",
            lugar="--region",
            hacer="pida el formulario sin --region",
        )
    if region and region not in f.nombres.regiones:
        raise UsoIncorrecto(
            f"la región {region} no existía en {f.periodo}, el período de este documento",
            lugar="--region",
            esperado=", ".join(f.nombres.regiones),
        )
    return f


def _tipo(vista: Vista, pedido: str, ficha: Ficha | None) -> Tipo:
    tipos = vista.servicio.tipos
    clave = ficha.tipo if ficha else pedido.strip().lower().replace("-", "_")
    if clave in tipos:
        return tipos[clave]
    raise NoEncontrado(
        f"«{pedido}» no es un código ni un tipo de documento",
        esperado="un código, como PL-GT-01, o un tipo: " + ", ".join(sorted(tipos)),
        hacer="vea los códigos con: sgc-gt estado; y los tipos con: sgc-gt tipos",
    )


def _en_trabajo(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version) -> bytes:
    """Los datos que están junto al borrador en la carpeta; si no, los de la historia."""
    if not v.archivo:
        return b""
    ruta = rutas.datos_de(rutas.ruta_borrador(ficha, v.archivo))
    en_disco = ctx.raiz / ruta
    return en_disco.read_bytes() if en_disco.is_file() else vista.leer(ruta) or b""


def _leer(datos: bytes | None) -> Any:
    valor = leer_yaml(datos, "datos", EntradaInvalida)[0] if datos else None
    return valor if isinstance(valor, dict) else {}


def _anterior(vista: Vista, ficha: Ficha, abierta: Version | None) -> _Previo | None:
    """Lo que decía la versión anterior; de un registro, el anterior de su serie (y de su región)."""
    if "/" in ficha.codigo:
        return _registro_anterior(vista, ficha)
    emitidas = [v for v in situacion(ficha).versiones if v.emision and v is not abierta]
    for v in reversed(emitidas):
        if v.archivo.endswith(".docx") and (datos := _leer(datos_de(vista, ficha, v))):
            return _Previo(datos, f"la versión {v.version}")
    return None


def _declarado(vista: Vista, tipo: str, region: str) -> _Previo | None:
    """Lo que el servicio declaró al comenzar, si ningún documento lo dice todavía."""
    datos = declarado(vista, tipo, region)
    return _Previo(dict(datos), "lo declarado al comenzar") if datos else None


def _registro_anterior(vista: Vista, ficha: Ficha) -> _Previo | None:
    previas = [
        f
        for f in vista.instancias(ficha.codigo.partition("/")[0])
        if f.codigo < ficha.codigo and f.tipo == ficha.tipo and f.region == ficha.region
    ]
    return _del_ultimo(vista, sorted(previas, key=lambda f: f.codigo))


def _ultimo_del_tipo(vista: Vista, tipo: Tipo, region: str) -> _Previo | None:
    """Lo último de ese tipo; de un registro de una región, lo último de ella."""
    de_una = bool(region) and tipo.clase == "registro"
    suyas = (f for f in vista.fichas() if f.tipo == tipo.id and (not de_una or f.region in ("", region)))
    return _del_ultimo(vista, sorted(suyas, key=_reciente))


def _reciente(ficha: Ficha) -> tuple[date, str]:
    return max(m.fecha for m in ficha.actos), ficha.codigo


def _del_ultimo(vista: Vista, fichas: Sequence[Ficha]) -> _Previo | None:
    for f in reversed(fichas):
        v = situacion(f).vigente
        if v and v.archivo.endswith(".docx") and (datos := _leer(datos_de(vista, f, v))):
            return _Previo(datos, f"{f.codigo} versión {v.version}" if v.version else f.codigo)
    return None


def _prellenado(base: Any, previo: _Previo | None, abierta: Version | None) -> tuple[Any, str]:
    if base:
        version = f", versión {abierta.version}" if abierta and abierta.version else ""
        return base, f"Lo del borrador{version}."
    if previo:
        return previo.datos, f"Viene de antes ({previo.nombre}): revise cada dato, porque vale lo que quede."
    return {}, ""


def anio_de(ficha: Ficha | None, abierta: Version | None, si_no: int, periodo: str = "") -> int:
    """El año del documento: el que se pide, el suyo, el de su borrador, o `si_no`."""
    dicho = solo_anio(periodo) or (anio_propio(ficha) if ficha else "")
    return int(dicho) if dicho else (abierta.abierta.year if abierta else si_no)


def nombres_de(vista: Vista, anio: int, datos: Sequence[Any]) -> Nombres:
    """Los cargos, las regiones que existían en el año, y lo que los datos ya nombraban."""
    s = vista.servicio
    conocidos = {t for d in datos for t in textos_en(d)} | set(s.roles)
    cargos = {c: cargo.nombre for c, cargo in s.cargos.items()}
    return Nombres(cargos, existentes(s.regiones, anio), frozenset(conocidos))


def _listas(vista: Vista, datos: Any, hoy: date) -> dict[str, list[tuple[str, str]]]:
    """Los valores que una referencia puede tomar: los del propio formulario y los de lo que rige."""
    fuentes = [datos, *_que_rigen(vista, hoy)]
    listas = {}
    for referencia, tablas in _LISTAS.items():
        valores: dict[str, str] = {}
        for fuente in fuentes:
            for tabla in tablas:
                for fila in fuente.get(tabla) or () if isinstance(fuente, Mapping) else ():
                    if isinstance(fila, Mapping) and isinstance(fila.get("id"), str):
                        valores.setdefault(fila["id"], str(fila.get("nombre", "")))
        if valores:
            listas[referencia] = sorted(valores.items())
    return listas


def _que_rigen(vista: Vista, hoy: date) -> Iterator[Any]:
    """Los datos del Diagnóstico y del Plan en vigor: de ahí salen los productos y los indicadores."""
    for tipo in ("diagnostico", "plan", "ficha_indicadores"):
        propio = vista.servicio.tipos.get(tipo)
        ficha = vista.buscar(propio.serie) if propio and propio.serie else None
        v = situacion(ficha, hoy).vigente if ficha else None
        if ficha and v and v.archivo:
            yield _leer(vista.leer(f"{rutas.carpeta(ficha)}/{rutas.datos_de(v.archivo)}"))

"""Lo que nombra a otra cosa debe nombrar algo que existe, y lo que debe ser único debe serlo.

Corre aunque el esquema haya encontrado problemas: por eso mira cada parte con cuidado de no suponer nada, y
calla donde la forma ya estaba mal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from sgc_gt.config.circuitos import tropiezos
from sgc_gt.config.lugares import Archivo, Ruta
from sgc_gt.config.nombres import Nombres, lista, mapa, regiones_de
from sgc_gt.config.oraciones import sugerencia
from sgc_gt.dominio.clave_ssh import MalFormada, leer_clave, normal
from sgc_gt.dominio.codigos import RESERVADOS, Mascara
from sgc_gt.dominio.distribucion import TODAS
from sgc_gt.dominio.fechas import leer_fecha
from sgc_gt.dominio.regiones import REGIONES, quizas
from sgc_gt.errores import ConfiguracionInvalida, Problema, UsoIncorrecto

PAPELES = ("elabora", "revisa", "aprueba", "responsable")
"""Los papeles que cada documento dice quién cumple."""

_APARTADOS = frozenset({*PAPELES, "sistema"})
"""Palabras que ya significan algo: ni un cargo ni un rol pueden llamarse así."""


def _existe(
    archivo: Archivo, ruta: Ruta, dicho: Any, validos: Collection[str], que: str
) -> Iterator[Problema]:
    """Un problema si lo dicho no está entre los válidos, con el más parecido."""
    if not isinstance(dicho, str) or not dicho or dicho in validos:
        return
    parecido = (quizas(dicho) if validos is REGIONES else "") or sugerencia(dicho, validos)
    if not parecido and validos:
        muestra = sorted(validos)[:8]
        parecido = f" (hay: {', '.join(muestra)}{'…' if len(validos) > 8 else ''})"
    yield archivo.problema(ruta, f"«{dicho}» no es {que}{parecido}", esperado=", ".join(sorted(validos)))


def en_sgc(archivo: Archivo, nombres: Nombres) -> Iterator[Problema]:
    """Los problemas de referencia de `sgc.yaml`."""
    sgc = mapa(archivo.valor)
    yield from _identidad(archivo, sgc, nombres)
    yield from _cargos(archivo, sgc, nombres)
    yield from _personas(archivo, sgc, nombres)
    yield from _roles(archivo, sgc, nombres)
    yield from _circuitos(archivo, sgc, nombres)
    yield from _carpetas(archivo, sgc, nombres)
    yield from _feriados(archivo, sgc)
    yield from _distribucion(archivo, sgc, nombres)
    for tipo, cambios in mapa(sgc.get("tipos")).items():
        yield from _existe(archivo, ("tipos", tipo), tipo, nombres.tipos | nombres.tipos_ajenos, "un tipo")
        for clave in ("circuito", "circuito_menor"):
            dicho = mapa(cambios).get(clave)
            yield from _existe(archivo, ("tipos", tipo, clave), dicho, nombres.circuitos, "un circuito")


def _identidad(archivo: Archivo, sgc: dict[str, Any], nombres: Nombres) -> Iterator[Problema]:
    zona = mapa(sgc.get("servicio")).get("zona_horaria")
    if isinstance(zona, str) and zona and not _es_zona(zona):
        parecida = sugerencia(zona, available_timezones())
        yield archivo.problema(("servicio", "zona_horaria"), f"«{zona}» no es una zona horaria{parecida}")
    for i, dicho in enumerate(lista(sgc.get("paquetes"))):
        yield from _existe(archivo, ("paquetes", i), dicho, nombres.paquetes, "un paquete")
    for i, dicha in enumerate(lista(sgc.get("regiones"))):
        yield from _existe(archivo, ("regiones", i), dicha, REGIONES, "un código de región")
    codigos = mapa(sgc.get("codigos"))
    mascara = codigos.get("mascara")
    if isinstance(mascara, str) and mascara:
        try:
            Mascara(mascara).validar()
        except ConfiguracionInvalida as rechazo:
            yield archivo.problema(
                ("codigos", "mascara"), f"{rechazo.mensaje}; se espera {rechazo.esperado}", rechazo.esperado
            )
    for area in mapa(codigos.get("areas")):
        if area in RESERVADOS:
            yield archivo.problema(("codigos", "areas", area), "Windows no admite una carpeta con ese nombre")


def _es_zona(zona: str) -> bool:
    try:
        ZoneInfo(zona)
    except (KeyError, ValueError, OSError):  # no está, tiene una forma imposible, o nombra una carpeta
        return False
    return True


def _cargos(archivo: Archivo, sgc: dict[str, Any], nombres: Nombres) -> Iterator[Problema]:
    cargos = mapa(sgc.get("cargos"))
    regiones = regiones_de(sgc)
    for cargo, valor in cargos.items():
        ruta: Ruta = ("cargos", cargo)
        if cargo in _APARTADOS:
            yield archivo.problema(ruta, f"«{cargo}» ya es un papel del sistema; use otra clave")
        base, _, region = cargo.rpartition("-")
        if base in nombres.por_region and region in regiones:
            yield archivo.problema(ruta, f"ya existe: «{base}» tiene uno por región")
        propio = mapa(valor).get("por_region") is True
        validos = nombres.cargos | (nombres.por_region if propio else frozenset())
        for i, otro in enumerate(lista(mapa(valor).get("subrogantes"))):
            if otro == cargo:
                yield archivo.problema((*ruta, "subrogantes", i), "un cargo no se subroga a sí mismo")
            else:
                yield from _cargo(archivo, (*ruta, "subrogantes", i), otro, validos, nombres)


def _cargo(
    archivo: Archivo, ruta: Ruta, dicho: Any, validos: Collection[str], nombres: Nombres
) -> Iterator[Problema]:
    if isinstance(dicho, str) and dicho in nombres.por_region and dicho not in validos:
        ejemplo = min(c for c in (*nombres.cargos, f"{dicho}-15") if c.startswith(f"{dicho}-"))
        yield archivo.problema(ruta, f"«{dicho}» hay uno por región; diga cuál, como «{ejemplo}»")
        return
    yield from _existe(archivo, ruta, dicho, validos, "un cargo")


def _personas(archivo: Archivo, sgc: dict[str, Any], nombres: Nombres) -> Iterator[Problema]:
    for i, persona in enumerate(lista(sgc.get("personas"))):
        persona = mapa(persona)  # noqa: PLW2901  (la forma ya se juzgó: aquí solo no se tropieza)
        ruta: Ruta = ("personas", i)
        yield from _claves(archivo, persona, ruta)
        yield from _cargo(archivo, (*ruta, "cargo"), persona.get("cargo"), nombres.cargos, nombres)
        yield from _periodo(archivo, persona, ruta)
    yield from _claves_ajenas(archivo, sgc)


def _periodo(archivo: Archivo, valor: dict[str, Any], ruta: Ruta) -> Iterator[Problema]:
    fechas = []
    for clave in ("desde", "hasta"):
        texto = valor.get(clave)
        if not isinstance(texto, str):
            continue
        try:
            fechas.append(leer_fecha(texto))
        except UsoIncorrecto as rechazo:
            if "calendario" in rechazo.mensaje:
                yield archivo.problema((*ruta, clave), rechazo.mensaje)
    if len(fechas) == 2 and fechas[1] < fechas[0]:
        yield archivo.problema((*ruta, "hasta"), "es anterior a «desde»")


def _feriados(archivo: Archivo, sgc: dict[str, Any]) -> Iterator[Problema]:
    """Los días que no existen y las regiones que no son."""
    for i, dicho in enumerate(lista(sgc.get("feriados"))):
        feriado = mapa(dicho)
        yield from _existe(archivo, ("feriados", i, "region"), feriado.get("region"), REGIONES, "una región")
        try:
            leer_fecha(str(feriado.get("fecha")))
        except UsoIncorrecto as rechazo:
            if "calendario" in rechazo.mensaje:  # la forma la dice el esquema
                yield archivo.problema(("feriados", i, "fecha"), rechazo.mensaje)


def _escritas(persona: dict[str, Any], ruta: Ruta) -> Iterator[tuple[Ruta, str]]:
    """Las claves públicas de una persona y dónde están."""
    yield (*ruta, "clave"), str(persona.get("clave") or "")
    for j, clave in enumerate(lista(persona.get("claves"))):
        yield (*ruta, "claves", j, "clave"), str(mapa(clave).get("clave") or "")


def _claves(archivo: Archivo, persona: dict[str, Any], ruta: Ruta) -> Iterator[Problema]:
    """Con cada clave se puede comprobar una firma."""
    for j, clave in enumerate(lista(persona.get("claves"))):
        yield from _periodo(archivo, mapa(clave), (*ruta, "claves", j))
    for lugar, texto in _escritas(persona, ruta):
        try:
            if len(texto.split()) > 1:
                leer_clave(texto)
        except MalFormada as falla:
            yield archivo.problema(lugar, f"la clave pública no sirve: {falla}")


def _claves_ajenas(archivo: Archivo, sgc: dict[str, Any]) -> Iterator[Problema]:
    """Una clave es de una sola persona: si fuera de dos, su firma no diría de quién es."""
    de: dict[str, str] = {}
    for i, persona in enumerate(lista(sgc.get("personas"))):
        correo = str(mapa(persona).get("correo")).lower()
        for lugar, texto in _escritas(mapa(persona), ("personas", i)):
            if texto and de.setdefault(normal(texto), correo) != correo:
                yield archivo.problema(lugar, f"esa clave ya es de {de[normal(texto)]}")


def _roles(archivo: Archivo, sgc: dict[str, Any], nombres: Nombres) -> Iterator[Problema]:
    for rol, cargos in mapa(sgc.get("roles")).items():
        if rol in _APARTADOS:
            yield archivo.problema(("roles", rol), "lo dice cada documento; use otra clave")
        if rol in nombres.cargos | nombres.por_region:
            yield archivo.problema(("roles", rol), "un cargo ya tiene esa clave; use otra")
        for i, dicho in enumerate(lista(cargos)):
            validos = nombres.cargos | nombres.por_region
            yield from _existe(archivo, ("roles", rol, i), dicho, validos, "un cargo")


def _circuitos(archivo: Archivo, sgc: dict[str, Any], nombres: Nombres) -> Iterator[Problema]:
    for nombre, pasos in mapa(sgc.get("circuitos")).items():
        ruta: Ruta = ("circuitos", nombre)
        validos = nombres.de_persona | set(PAPELES)
        for i, paso in enumerate(lista(pasos)):
            yield from _existe(
                archivo, (*ruta, i, "rol"), mapa(paso).get("rol"), validos, "un papel ni un cargo"
            )
        if lista(pasos) and all(isinstance(p, dict) for p in pasos):
            for parte, mensaje in tropiezos(pasos):
                yield archivo.problema((*ruta, *parte), mensaje)


def _carpetas(archivo: Archivo, sgc: dict[str, Any], nombres: Nombres) -> Iterator[Problema]:
    """Cada carpeta propia es de un cargo que existe, y de uno solo: de ella sale de quién es lo guardado."""
    duenos: dict[str, str] = {}
    for cargo, dicha in mapa(mapa(sgc.get("carpetas_conectadas")).get("cargos")).items():
        ruta: Ruta = ("carpetas_conectadas", "cargos", cargo)
        yield from _cargo(archivo, ruta, cargo, nombres.cargos, nombres)
        if not isinstance(dicha, str):
            continue
        otro = duenos.setdefault(dicha.rstrip("/\\").lower(), cargo)
        if otro != cargo:
            yield archivo.problema(ruta, f"ya es la carpeta de «{otro}»; cada cargo tiene la suya")


def _distribucion(archivo: Archivo, sgc: dict[str, Any], nombres: Nombres) -> Iterator[Problema]:
    """Cada destinatario nombra a alguien; cada tipo y área, a los que hay."""
    areas = set(mapa(mapa(sgc.get("codigos")).get("areas")))
    nombran = nombres.de_persona | {TODAS, *regiones_de(sgc)}
    for i, regla in enumerate(lista(mapa(sgc.get("distribucion")).get("destinatarios"))):
        for clave, validos, que in (
            ("a", nombran, "un cargo, un rol, una región en uso ni «todas»"),
            ("tipos", nombres.tipos | nombres.tipos_ajenos, "un tipo"),
            ("areas", areas, "un área"),
        ):
            for j, dicho in enumerate(lista(mapa(regla).get(clave))):
                ruta: Ruta = ("distribucion", "destinatarios", i, clave, j)
                yield from _existe(archivo, ruta, dicho, validos, que)


def en_tipo(archivo: Archivo, nombres: Nombres) -> Iterator[Problema]:
    """Los problemas de referencia de un tipo en uso."""
    tipo = mapa(archivo.valor)
    for clave in ("circuito", "circuito_menor"):
        yield from _existe(archivo, (clave,), tipo.get(clave), nombres.circuitos, "un circuito")
    yield from _existe(archivo, ("serie",), tipo.get("serie"), nombres.series, "una serie de registros")
    if str(tipo.get("prefijo")) in RESERVADOS:
        yield archivo.problema(("prefijo",), "Windows no admite una carpeta que empiece así")


def en_series(archivo: Archivo, nombres: Nombres, en_uso: Iterable[tuple[int, Any]]) -> Iterator[Problema]:
    """Los problemas de referencia de las series en uso; `en_uso` trae la posición de cada una."""
    vistas: set[str] = set()
    for i, valor in en_uso:
        serie, ruta = mapa(valor), ("series", i)
        codigo = serie.get("codigo")
        if isinstance(codigo, str) and codigo in vistas:
            yield archivo.problema((*ruta, "codigo"), f"el código «{codigo}» está repetido")
        vistas.add(str(codigo))
        yield from _existe(
            archivo,
            (*ruta, "responsable"),
            serie.get("responsable"),
            nombres.de_persona,
            "un papel ni un cargo",
        )
        tipos = nombres.tipos | nombres.tipos_ajenos
        yield from _existe(archivo, (*ruta, "tipo"), serie.get("tipo"), tipos, "un tipo")


def en_requisitos(archivo: Archivo) -> Iterator[Problema]:
    """Los problemas de referencia de un catálogo de requisitos: claves repetidas y lo que no existe.

    Un tipo que el servicio no tiene se admite: eso es una falta que la matriz dice.
    """
    valor = mapa(archivo.valor)
    objetos = list(_claves_unicas(archivo, "objetos"))
    requisitos = list(_claves_unicas(archivo, "requisitos"))
    yield from (p for _, p in (*objetos, *requisitos) if p)
    hay = frozenset(c for c, _ in objetos), frozenset(c for c, _ in requisitos)
    for i, dicho in enumerate(lista(valor.get("requisitos"))):
        ruta: Ruta = ("requisitos", i)
        yield from _existe(archivo, (*ruta, "objeto"), mapa(dicho).get("objeto"), hay[0], "un objeto")
        for j, otro in enumerate(lista(mapa(dicho).get("tambien"))):
            yield from _existe(archivo, (*ruta, "tambien", j), otro, hay[0], "un objeto")
        for j, otro in enumerate(lista(mapa(dicho).get("con"))):
            if otro == mapa(dicho).get("id"):
                yield archivo.problema((*ruta, "con", j), "un requisito no se responde a sí mismo")
            yield from _existe(archivo, (*ruta, "con", j), otro, hay[1], "un requisito")


def _claves_unicas(archivo: Archivo, parte: str) -> Iterator[tuple[str, Problema | None]]:
    """Cada clave de esa lista, con su problema si ya estaba."""
    vistas: set[str] = set()
    for i, dicho in enumerate(lista(mapa(archivo.valor).get(parte))):
        clave = str(mapa(dicho).get("id"))
        problema = archivo.problema((parte, i, "id"), f"«{clave}» está repetido") if clave in vistas else None
        vistas.add(clave)
        yield clave, problema

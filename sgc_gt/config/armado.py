"""De lo escrito, ya revisado, al valor congelado. Aquí no se rechaza nada: quien llama ya comprobó todo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sgc_gt.config.circuitos import POR_OMISION
from sgc_gt.config.esquemas import esquema
from sgc_gt.config.nombres import paquetes_de, regiones_de
from sgc_gt.dominio.clave_ssh import Clave, normal
from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.fechas import leer_fecha
from sgc_gt.dominio.organizacion import Cargo, Persona
from sgc_gt.dominio.regiones import REGIONES
from sgc_gt.dominio.requisitos import Catalogo, Objeto, Requisito
from sgc_gt.dominio.servicio import (
    Carpetas,
    Compuerta,
    Excepcion,
    Exige,
    Feriado,
    PasoCircuito,
    ReglaDistribucion,
    RutaSolicitud,
    Seccion,
    Serie,
    Servicio,
    Tipo,
)


def _con_omision(parte: Mapping[str, Any], propiedades: Mapping[str, Any]) -> dict[str, Any]:
    """La parte con los valores que el esquema da por omisión a lo que no se escribió."""
    omision = {c: p["default"] for c, p in propiedades.items() if "default" in p}
    return {**omision, **{c: v for c, v in parte.items() if v is not None}}


def armar(
    sgc: Mapping[str, Any],
    tipos: Mapping[str, Mapping[str, Any]],
    series: Iterable[Any],
    requisitos: Mapping[str, Mapping[str, Any]],
) -> Servicio:
    """El servicio; `tipos`, `series` y `requisitos` son solo los de los paquetes en uso."""
    forma = esquema("sgc")["properties"]
    todo = _con_omision(sgc, forma)
    identidad = _con_omision(sgc["servicio"], forma["servicio"]["properties"])
    codigos = _con_omision(sgc["codigos"], forma["codigos"]["properties"])
    versiones = _con_omision(sgc.get("versiones") or {}, forma["versiones"]["properties"])
    return Servicio(
        nombre=identidad["nombre"],
        sigla=identidad["sigla"],
        norma=todo["norma"],
        mascara=Mascara(codigos["mascara"]),
        areas=dict(codigos["areas"]),
        formato=FormatoVersion(**versiones),
        cargos={c.id: c for c in _cargos(sgc)},
        personas=tuple(_persona(p) for p in sgc["personas"]),
        roles=_roles(sgc),
        circuitos={**POR_OMISION, **_circuitos(sgc.get("circuitos") or {})},
        tipos={t: _tipo(t, v, (sgc.get("tipos") or {}).get(t) or {}) for t, v in tipos.items()},
        series={s["codigo"]: _serie(s) for s in series},
        regiones=regiones_de(sgc),
        paquetes=paquetes_de(sgc),
        ministerio=identidad["ministerio"],
        comite=identidad["comite"],
        zona_horaria=identidad["zona_horaria"],
        es_gore=identidad["es_gore"],
        leyenda=identidad["leyenda"],
        excepciones=tuple(Excepcion(**e) for e in sgc.get("excepciones") or ()),
        carpetas=_carpetas(sgc.get("carpetas_conectadas"), forma["carpetas_conectadas"]["properties"]),
        feriados=tuple(
            Feriado(leer_fecha(f["fecha"]), f["motivo"], f.get("region") or "") for f in todo["feriados"]
        ),
        **_distribucion(sgc.get("distribucion") or {}),
        firmas_exigidas=bool((sgc.get("firmas") or {}).get("exigidas")),
        catalogos=tuple(_catalogo(p, v) for p, v in requisitos.items()),
    )


def _distribucion(escrita: Mapping[str, Any]) -> dict[str, Any]:
    """Las reglas de distribución y el plazo para conocer lo distribuido."""
    reglas = (
        ReglaDistribucion(tuple(r["a"]), tuple(r.get("tipos") or ()), tuple(r.get("areas") or ()))
        for r in escrita.get("destinatarios") or ()
    )
    forma = esquema("sgc")["properties"]["distribucion"]["properties"]
    plazo = _con_omision(escrita, forma)["plazo_dias"]
    return {"distribucion": tuple(reglas), "plazo_conocimiento": plazo}


def _carpetas(escritas: Mapping[str, Any] | None, propiedades: Mapping[str, Any]) -> Carpetas | None:
    return Carpetas(**_con_omision(escritas, propiedades)) if escritas else None


def _cargos(sgc: Mapping[str, Any]) -> Iterator[Cargo]:
    """Los cargos, con los que hay por región multiplicados por las regiones en uso."""
    regiones = regiones_de(sgc)
    multiples = {c for c, v in sgc["cargos"].items() if v.get("por_region")}
    for clave, valor in sgc["cargos"].items():
        subrogantes = tuple(valor.get("subrogantes") or ())
        unidad = valor.get("unidad") or ""
        if clave not in multiples:
            yield Cargo(clave, valor["nombre"], subrogantes, unidad=unidad)
            continue
        for region in regiones:
            propios = tuple(f"{s}-{region}" if s in multiples else s for s in subrogantes)
            nombre = f"{valor['nombre']}, {REGIONES[region].nombre}"
            yield Cargo(f"{clave}-{region}", nombre, propios, region, unidad)


def _roles(sgc: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Los roles; un cargo que hay por región es además el rol de todos los suyos (`dr`: dr-15, dr-01…)."""
    multiples = {
        c: tuple(f"{c}-{r}" for r in regiones_de(sgc))
        for c, v in sgc["cargos"].items()
        if v.get("por_region")
    }
    roles = {
        rol: tuple(dict.fromkeys(c for dicho in dichos for c in multiples.get(dicho, (dicho,))))
        for rol, dichos in sgc["roles"].items()
    }
    return {**multiples, **roles}


def _persona(valor: Mapping[str, Any]) -> Persona:
    return Persona(
        correo=valor["correo"].lower(),
        cargo=valor["cargo"],
        desde=leer_fecha(valor["desde"]),
        hasta=_fecha(valor.get("hasta")),
        nombre=valor.get("nombre") or "",
        claves=tuple(_claves(valor)),
    )


def _claves(valor: Mapping[str, Any]) -> Iterator[Clave]:
    """Sus claves; sin días propios, valen los del cargo."""
    escritas = [{"clave": valor["clave"]}] if valor.get("clave") else []
    for c in (*escritas, *(valor.get("claves") or ())):
        desde, hasta = (c.get(dia) or valor.get(dia) for dia in ("desde", "hasta"))
        yield Clave(normal(c["clave"]), leer_fecha(desde or ""), _fecha(hasta))


def _fecha(texto: str | None) -> date | None:
    return leer_fecha(texto) if texto else None


def _circuitos(escritos: Mapping[str, Any]) -> dict[str, tuple[PasoCircuito, ...]]:
    return {nombre: tuple(_paso(p) for p in pasos) for nombre, pasos in escritos.items()}


def _paso(valor: Mapping[str, Any]) -> PasoCircuito:
    return PasoCircuito(
        acto=valor["acto"],
        rol=valor["rol"],
        cuantos=valor.get("cuantos", 0),
        distinto_de=tuple(valor.get("distinto_de", ())),
        evidencia=tuple(valor.get("evidencia", ())),
        fuente=valor.get("fuente", "procedimiento"),
    )


def _tipo(clave: str, escrito: Mapping[str, Any], cambios: Mapping[str, Any]) -> Tipo:
    valor = {**_con_omision(escrito, esquema("tipo")["properties"]), **cambios}
    return Tipo(
        id=clave,
        nombre=valor["nombre"],
        prefijo=valor["prefijo"],
        clase=valor["clase"],
        circuito=valor["circuito"],
        paquete=valor["paquete"],
        circuito_menor=valor["circuito_menor"],
        revision_meses=valor["revision_meses"],
        retencion_anios=valor["retencion_anios"],
        motivo_conservacion=valor["motivo_conservacion"],
        aprobacion=tuple(valor["aprobacion"]),
        secciones=tuple(Seccion(s["titulo"], tuple(s.get("requisitos") or ())) for s in valor["secciones"]),
        datos=valor["datos"],
        serie=valor["serie"],
        con_plantilla=valor.get("con_plantilla", valor["clase"] != "archivo"),
        archivo_directo=valor["archivo_directo"],
        compuertas=tuple(_compuerta(c) for c in valor["compuertas"]),
        rutas=tuple(_ruta_solicitud(r) for r in valor["rutas"]),
        hace_de=valor["hace_de"] or clave,
        en_cada_region=tuple(valor["en_cada_region"]),
        por_region=valor["por_region"],
    )


def _ruta_solicitud(valor: Mapping[str, Any]) -> RutaSolicitud:
    pasos = tuple(
        PasoCircuito(p["acto"], p["rol"], p.get("cuantos", 0), tuple(p.get("distinto_de", ())))
        for p in valor["pasos"]
    )
    return RutaSolicitud(tuple(valor["pide"]), pasos, tuple(valor.get("de", ())))


def _compuerta(valor: Mapping[str, Any]) -> Compuerta:
    return Compuerta(
        requisito=valor["requisito"],
        actos=tuple(valor["actos"]),
        exige=tuple(Exige(**e) for e in valor["exige"]),
        porque=valor["porque"],
        filas=valor.get("filas", ""),
        en_el_periodo=bool(valor.get("en_el_periodo")),
        avisa=bool(valor.get("avisa")),
    )


def _serie(escrita: Mapping[str, Any]) -> Serie:
    propiedades = esquema("series")["properties"]["series"]["items"]["properties"]
    valor = _con_omision(escrita, propiedades)
    return Serie(**{c: v for c, v in valor.items() if c in Serie._fields})


def _catalogo(paquete: str, escrito: Mapping[str, Any]) -> Catalogo:
    forma = esquema("requisitos")["properties"]
    return Catalogo(
        paquete,
        escrito["sistema"],
        escrito.get("fuente") or "",
        tuple(Objeto(**_con_tuplas(o, forma["objetos"])) for o in escrito["objetos"]),
        tuple(Requisito(**_con_tuplas(r, forma["requisitos"])) for r in escrito["requisitos"]),
    )


def _con_tuplas(escrito: Mapping[str, Any], forma: Mapping[str, Any]) -> dict[str, Any]:
    valor = _con_omision(escrito, forma["items"]["properties"])
    return {c: tuple(v) if isinstance(v, list) else v for c, v in valor.items()}

"""Los datos de un servicio completo (`demo-sgt/1`), con las claves que usan los datos de cada tipo.

Son antecedentes: lo que el servicio declaró tener. Cada archivo es de un tipo y trae uno o más declarados;
lo que el tipo no conoce conserva su nombre, y nada se completa: lo que el archivo calla, aquí falta.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sgc_gt.config.escritura import Parte, escribir

Datos = Mapping[str, Any]
_RESTO = "resto"
_EN_REGION = {"dr": "jefatura_regional", "dr-R": "jefatura_regional"}
"""Cómo dicen los datos a quien responde en cada región."""
_ENTRADAS = {
    "resultados PT": "procesos",
    "cumplimiento Programa de Seguimiento": "procesos",
    "auditoría interna": "auditorias",
    "retroalimentación de usuarios": "satisfaccion",
    "acciones correctivas": "no_conformidades",
    "acciones de revisiones previas": "acciones_previas",
    "cambios": "cambios",
    "mejoras": "mejora",
}
"""Las entradas de una Revisión por la Dirección que aquel esquema nombra con palabras."""
_FRENTES = {"producto": "productos", "informacion": "informacion", "gore": "gore"}


def antecedentes_de(s: Datos) -> dict[str, list[dict[str, Any]]]:
    """Por tipo, lo que el servicio declara de él; solo los que dan para escribir algo."""
    todos = {tipo: [d for d in traducir(s) if d["datos"]] for tipo, traducir in _TIPOS.items()}
    return {tipo: declarados for tipo, declarados in todos.items() if declarados}


def escrito(tipo: str, declarados: list[dict[str, Any]], anio: int) -> bytes:
    """El archivo de antecedentes de un tipo."""
    return escribir(
        f"Lo que el servicio declaró al comenzar sobre «{tipo}». Es un antecedente: no se edita, y deja de\n"
        "contar para cada documento que entre en vigencia y cada registro que se archive.",
        (Parte("esquema", 1), Parte("anio", anio), Parte("declarados", declarados)),
    )


def _uno(codigo: str, datos: Datos, region: str = "") -> dict[str, Any]:
    propios = {c: v for c, v in datos.items() if v is not None and v != {}}
    return {"codigo": codigo, **({"region": region} if region else {}), "datos": propios}


def _con(valor: Datos, **nombres: str) -> dict[str, Any]:
    """El grupo con esas claves cambiadas de nombre (`viejo="nuevo"`); el resto, igual y en su orden."""
    return {nombres.get(c, c): _EN_REGION.get(v, v) if isinstance(v, str) else v for c, v in valor.items()}


def _lista(s: Datos, clave: str, **nombres: str) -> list[dict[str, Any]] | None:
    return [_con(v, **nombres) for v in s[clave]] if clave in s else None


def _diagnostico(s: Datos) -> Iterator[dict[str, Any]]:
    productos = [{c: v for c, v in p.items() if c != "por_region"} for p in s.get("productos") or []]
    rasgos = [
        {"producto": p["id"], "region": region, "caracteristicas": texto}
        for p in s.get("productos") or []
        for region, texto in (p.get("por_region") or {}).items()
    ]
    por_region = [
        {
            **_con({c: v for c, v in r.items() if c in ("cod", "ben", "gasto", "inv", "ze")}, cod="region",
                   ben="beneficiarios", inv="inversion", ze="zona_extrema"),
        }
        for r in s.get("regiones") or []
    ]  # fmt: skip
    yield _uno(
        "RG-GT-01",
        {
            "productos": productos or None,
            "adecuaciones": rasgos or None,
            "facultades": _lista(s, "facultades"),
            "sistemas": _lista(s, "sistemas_informacion", cr="responsable", meta="desagregacion_necesaria"),
            "informacion_regional": por_region if any(len(r) > 1 for r in por_region) else None,
            "totales": _con(s.get("totales_de_control") or {}, ben="beneficiarios", inv="inversion"),
        },
    )


def _plan(s: Datos) -> Iterator[dict[str, Any]]:
    plan = s.get("plan") or {}
    objetivos = plan.get("objetivos_especificos") or []
    de_productos = [_con(o) for o in objetivos if o.get("ambito") != "informacion"]
    de_informacion = [_con(o, incluye="contenidos") for o in objetivos if o.get("ambito") == "informacion"]
    variables = [_con(v, texto="variable") for v in plan.get("variables_externas") or []]
    yield _uno(
        "PL-GT-01",
        {
            "objetivo_general_productos": plan.get("objetivo_general_productos"),
            "objetivos_productos": de_productos or None,
            "objetivo_general_informacion": plan.get("objetivo_general_informacion"),
            "objetivos_informacion": de_informacion or None,
            "variables_externas": {"se_identifican": True, "detalle": variables} if variables else None,
            "indicadores": _lista(s, "indicadores", base="linea_base", region="por_region"),
        },
    )


def _programa(s: Datos) -> Iterator[dict[str, Any]]:
    actividades = _lista(s, "programa_trabajo", act="actividad", ini="inicio", resp="responsable")
    yield _uno(
        "PG-GT-01",
        {
            "actividades": actividades,
            "estandarizacion": _lista(s, "estandarizacion", resp="responsable"),
        },
    )  # fmt: skip


def _acuerdos(s: Datos) -> Iterator[dict[str, Any]]:
    """Uno por región: lo que se dijo del «resto» vale para cada región que no se nombró."""
    acuerdos = s.get("acuerdos_gore") or []
    nombradas = {a["region"] for a in acuerdos}
    for acuerdo in acuerdos:
        otras = [r["cod"] for r in s.get("regiones") or [] if r["cod"] not in nombradas]
        for region in otras if acuerdo["region"] == _RESTO else [acuerdo["region"]]:
            yield _uno("RG-GT-05", {"acuerdo": {**acuerdo, "region": region}}, region)


def _medidas(s: Datos) -> Iterator[dict[str, Any]]:
    medidas = [
        {**_con(m, texto="medida", responsable="autoridad", plazo_mes="plazo"), **_plazo(m.get("plazo_mes"))}
        for m in s.get("medidas_autoridad") or []
    ]
    yield _uno("RG-GT-12", {"medidas": medidas or None})


def _plazo(mes: object) -> dict[str, Any]:
    return {"plazo": {"mes": mes}} if mes else {}


def _mediciones(s: Datos) -> Iterator[dict[str, Any]]:
    mediciones = [
        {"indicador": m["indicador"], "corte": {"mes": mes}, "valor": valor, **_regional(m, mes)}
        for m in s.get("mediciones") or []
        for mes, valor in (m.get("cortes") or {}).items()
    ]
    modificados = _lista(s, "indicadores_eliminados_o_corregidos", aprobado_en="propuesta")
    yield _uno("RG-GT-04", {"mediciones": mediciones or None, "modificados": modificados})


def _regional(m: Datos, mes: object) -> dict[str, Any]:
    valores = m.get(f"por_region_mes{mes}") or {}
    return {"por_region": [{"region": r, "valor": v} for r, v in valores.items()]} if valores else {}


def _implementacion(s: Datos) -> Iterator[dict[str, Any]]:
    compromisos = [
        {
            **_con(c, n="id", resp="responsable", ambito="frente", plazo_mes="plazo"),
            "id": str(c.get("n", "")),
            "frente": _FRENTES.get(str(c.get("ambito")), str(c.get("ambito", ""))),
            **_plazo(c.get("plazo_mes")),
        }
        for c in s.get("informe_implementacion") or []
    ]
    yield _uno("RG-GT-03", {"compromisos": compromisos or None})


def _seguimiento(s: Datos) -> Iterator[dict[str, Any]]:
    compromisos = [
        {**_con(c, n="id", resp="responsable"), "id": str(c.get("n", ""))}
        for c in s.get("programa_seguimiento") or []
    ]
    yield _uno("PG-GT-02", {"compromisos": compromisos or None})


def _propuestas(s: Datos) -> Iterator[dict[str, Any]]:
    for m in s.get("modificaciones") or []:
        afecta = [m["afecta"]] if isinstance(m.get("afecta"), str) else m.get("afecta")
        yield _uno("RG-GT-11", {**_con(m, motivo="fundamento"), "afecta": afecta})


def _evaluacion(s: Datos) -> Iterator[dict[str, Any]]:
    yield _uno("RG-GT-08", dict(s.get("evaluacion") or {}))


def _difusion(s: Datos) -> Iterator[dict[str, Any]]:
    propia = s.get("difusion") or {}
    yield _uno("PL-GT-02", _con(propia, funcionarios="canales_funcionarios", usuarios="canales_usuarios"))


def _no_incorporados(s: Datos) -> Iterator[dict[str, Any]]:
    yield _uno("PI-GT-01", dict(s.get("aspectos_no_incorporados") or {}))


def _revisiones(s: Datos) -> Iterator[dict[str, Any]]:
    for r in s.get("revision_direccion") or []:
        dichas = r.get("entradas") or []
        entradas: dict[str, dict[str, str]] = {}
        for e in dichas:
            if clave := _ENTRADAS.get(e):
                antes = entradas.get(clave, {}).get("contenido")
                entradas[clave] = {"estado": "presente", "contenido": f"{antes}; {e}" if antes else e}
        otras = [e for e in dichas if e not in _ENTRADAS]
        decisiones = [
            {**_con(d, texto="decision", resp="responsable", mes="plazo"), **_plazo(d.get("mes"))}
            for d in r.get("decisiones") or []
        ]
        yield _uno(
            "RG-SGC-05",
            {
                "sesion": r.get("sesion"),
                "fecha": {"mes": r["mes"]} if r.get("mes") else None,
                "preside": {"cargo": r.get("preside"), "calidad": r.get("calidad_firma") or "titular"},
                "asistentes": [{"cargo": c} for c in r.get("presentes") or []],
                "entradas": entradas,
                "otras_entradas": otras or None,
                "decisiones": decisiones,
                "modifica": r.get("modifica"),
            },
        )


def _oficios(s: Datos) -> Iterator[dict[str, Any]]:
    for o in s.get("ciclo_subdere") or []:
        vence = [{"objeto": c, "fecha": {"mes": mes}} for c, mes in (o.get("vence") or {}).items()]
        yield _uno(
            "RG-GT-10",
            {
                "numero": o["oficio"],
                "recibido": {"mes": o["recibido_mes"]} if o.get("recibido_mes") else None,
                "emisor": "SUBDERE",
                "materia": o.get("materia"),
                "resultado": o.get("resultado"),
                "plazo_habiles": o.get("plazo_respuesta_dias_habiles"),
                "vence": vence or None,
            },
        )


def _documentos(s: Datos) -> Iterator[dict[str, Any]]:
    """De los documentos declarados, lo que no cabe en la lista por importar."""
    claves = ("version", "estado", "revision_meses", "vencida_revision", "visa")
    for d in s.get("documentos") or []:
        yield _uno(d["codigo"], {c: d[c] for c in claves if c in d})


def _distribucion(s: Datos) -> Iterator[dict[str, Any]]:
    for d in s.get("distribucion") or []:
        yield _uno(d["doc"], {c: v for c, v in d.items() if c != "doc"})


def _auditoria(s: Datos) -> Iterator[dict[str, Any]]:
    for a in s.get("auditoria_interna") or []:
        yield _uno("", dict(a))


def _seccion9(s: Datos) -> Iterator[dict[str, Any]]:
    codigos = [r["codigo"] for r in s.get("registros") or [] if r.get("seccion9")]
    yield _uno("", {"pedidos": codigos or None})


_TIPOS: Mapping[str, Callable[[Datos], Iterator[dict[str, Any]]]] = {
    "diagnostico": _diagnostico,
    "plan": _plan,
    "programa": _programa,
    "acuerdo_gore": _acuerdos,
    "medidas_autoridad": _medidas,
    "medicion_indicadores": _mediciones,
    "informe_implementacion": _implementacion,
    "programa_seguimiento": _seguimiento,
    "propuesta_modificacion": _propuestas,
    "evaluacion_resultados": _evaluacion,
    "plan_difusion": _difusion,
    "aspectos_no_incorporados": _no_incorporados,
    "revision_direccion": _revisiones,
    "oficio_recibido": _oficios,
    "documentos": _documentos,
    "distribucion": _distribucion,
    "auditoria_interna": _auditoria,
    "registros_seccion9": _seccion9,
}
"""De cada archivo, quién lo escribe. Los cuatro últimos no son de un tipo: son hechos sueltos."""

"""Hallazgos sobre la Gestión Territorial: regiones, acuerdos, productos, actividades y difusión."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sgc_gt.dominio.estandarizacion import ALERTA, ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha, ultimo_dia
from sgc_gt.dominio.objetos import ACUERDO, DIAGNOSTICO, DIFUSION, PLAN, PROGRAMA
from sgc_gt.reglas.hallazgos import rendicion
from sgc_gt.reglas.hallazgos.difusion import sin_difundir
from sgc_gt.reglas.hallazgos.direccion import dice, en_serie
from sgc_gt.reglas.hallazgos.hechos import Hechos, filas
from sgc_gt.reglas.hallazgos.regiones import nombres, regiones_de
from sgc_gt.reglas.hallazgos.rige import Dicho, Rige, juntar
from sgc_gt.reglas.hallazgos.valores import Senal, Visto, contar, enumerar, halla, impide, ni, no_se_sabe

ACUERDOS = "acuerdos_gore"
POR_REGION: Mapping[str, tuple[str, ...]] = {
    DIAGNOSTICO: ("caracteristicas", "complementariedad", "distribucion", "informacion_regional"),
    PLAN: ("objetivos_regionales", "compromisos_propir", ACUERDOS),
    PROGRAMA: ("responsables_regionales", "actividades"),
    DIFUSION: ("responsables",),
}
"""Lo que cada documento de Gestión Territorial debe decir de cada región; otro tipo lo dice en sus datos."""
SERIE_ACUERDO, SERIE_ENTREGA = "RG-GT-05", "RG-GT-07"
SIN_VIGENCIA = frozenset(
    {"borrador", "en_revision", "en_aprobacion", "aprobado", "aprobado_pendiente_visacion", "visado"}
)
"""Los estados declarados en que un documento nuevo todavía no rige."""
CONTENIDOS = {
    "oferta": "oferta de productos",
    "clientes": "clientes y beneficiarios",
    "gasto": "gasto e inversiones",
    "compromisos": "compromisos formalizados",
}
"""Los cuatro contenidos de interés regional que todo acuerdo lleva."""
ESTADOS_ACUERDO = {"en_negociacion": "en negociación", "por_renovar": "por renovar"}
_PIDE = (("formato", "formato"), ("periodicidad", "periodicidad"), ("meses_entrega", "meses de entrega"))


def region_omitida(h: Hechos) -> Visto:
    """N-32: la matriz región × objeto contra las regiones en uso; y los acuerdos archivados."""
    casillas = 0
    senales: list[Senal] = []
    propios = {t.hace_de: () for t in h.servicio.tipos.values() if t.en_cada_region}
    for hace_de, suyas in ({**propios, **POR_REGION}).items():
        for r, datos in h.dichos(hace_de):
            claves = _en_cada_region(h, r, suyas)
            # De lo declarado se mira lo que trae: que calle una parte no prueba que no exista.
            for clave in [c for c in claves if c in datos or (datos and isinstance(r, Rige))]:
                casillas += len(h.servicio.regiones)
                senales += _omitidas(h, r, datos, clave)
    senales += [s for r, datos in h.de_tipo(PLAN) if datos and (s := _sin_acuerdo(h, r, datos))]
    if not casillas:
        return no_se_sabe("los datos por región: no rige un Diagnóstico, Plan o Programa que los traiga")
    mirado = (
        f"{casillas} casillas de región por objeto ({contar(len(h.servicio.regiones), 'región', 'regiones')})"
    )
    return halla(senales, mirado)


def omitidas_en(h: Hechos, r: Rige, datos: Mapping[str, Any]) -> Visto:
    """N-32 de una versión que todavía no rige: sus listas contra las regiones en uso.

    La lista que su tipo exige y todavía no está la dice DATO-FALTA.
    """
    tipo = h.tipo(r.ficha)
    exigidas = tipo.datos.get("required", ()) if tipo else ()
    listas = _en_cada_region(h, r, POR_REGION.get(h.hace_de(r.ficha), ()))
    claves = [c for c in listas if datos.get(c) or c not in exigidas]
    senales = (s for c in claves for s in _omitidas(h, r, datos, c))
    return halla(senales, contar(len(claves), "lista", "listas"))


def _en_cada_region(h: Hechos, r: Rige | Dicho, suyas: tuple[str, ...]) -> tuple[str, ...]:
    """Las listas que el tipo de un documento dice, o las de su papel.

    Lo declarado al comenzar no tiene tipo que lo diga. Un gobierno regional no acuerda nada consigo mismo.
    """
    tipo = h.tipo(r.ficha) if isinstance(r, Rige) else None
    claves = (tipo.en_cada_region if tipo else ()) or suyas
    return tuple(c for c in claves if c != ACUERDOS or not h.servicio.es_gore)


def _omitidas(h: Hechos, r: Rige | Dicho, datos: Mapping[str, Any], clave: str) -> Iterator[Senal]:
    dichas = {region for fila in filas(datos, clave) for region in regiones_de(h, fila)}
    faltan = [c for c in h.servicio.regiones if c not in dichas]
    if faltan:
        yield r.senal(
            f"{r.nombre}, «{_titulo(h, r, clave)}»: falta {nombres(h, faltan)}", quien=r.responsable
        )


def _titulo(h: Hechos, r: Rige | Dicho, clave: str) -> str:
    tipo = h.servicio.tipos.get(r.ficha.tipo if isinstance(r, Rige) else r.de.tipo)
    campo = (tipo.datos.get("properties") or {}).get(clave, {}) if tipo else {}
    return str(campo.get("title", clave))


def _sin_acuerdo(h: Hechos, r: Rige, datos: Mapping[str, Any]) -> Senal | None:
    """Las regiones cuyo acuerdo el Plan da por vigente o en trámite y no está archivado."""
    if SERIE_ACUERDO not in h.servicio.series or h.servicio.es_gore:
        return None
    archivados = {a.ficha.region for a in h.archivados if a.codigo.startswith(f"{SERIE_ACUERDO}/")}
    faltan = [
        c for f in filas(datos, ACUERDOS) for c in regiones_de(h, f) if c not in archivados
    ]  # fmt: skip
    if not faltan:
        return None
    return Senal(
        f"{SERIE_ACUERDO}: sin acuerdo archivado con el gobierno regional de: {nombres(h, faltan)}",
        SERIE_ACUERDO,
        quien=r.responsable,
        hacer="archive el acuerdo firmado de cada región, o regularice el que falta",
    )


def acuerdo_incompleto(h: Hechos) -> Visto:
    """N-33: acuerdos sin formato, contenido o periodicidad; entregas comprometidas que no se archivaron."""
    planes = [(r, datos) for r, datos in h.de_tipo(PLAN) if datos]
    acuerdos: list[tuple[Rige | Dicho, Mapping[str, Any]]] = [
        (r, a) for r, datos in planes for a in filas(datos, ACUERDOS)
    ]
    acuerdos += [(r, a) for r, datos in h.dichos(ACUERDO) if isinstance(a := datos.get("acuerdo"), Mapping)]
    if not acuerdos:
        return no_se_sabe("los acuerdos con los gobiernos regionales: no rige un Plan que los traiga")
    senales = [s for r, a in acuerdos for s in _de_acuerdo(h, r, a)]
    senales += [s for r, datos in planes if (s := _sin_entregas(h, r, datos))]
    guarda = "enviar a revisión: el Plan no avanza con un acuerdo sin formato, contenido o periodicidad"
    return impide(senales, guarda, len(acuerdos), contar(len(acuerdos), "acuerdo", "acuerdos"))


def _de_acuerdo(h: Hechos, r: Rige | Dicho, a: Mapping[str, Any]) -> Iterator[Senal]:
    region = nombres(h, regiones_de(h, a))
    faltan = [nombre for clave, nombre in _PIDE if not dice(a.get(clave))]
    dichos = a.get("contenido")
    contenidos = dichos if isinstance(dichos, list) else []
    faltan += [nombre for clave, nombre in CONTENIDOS.items() if clave not in contenidos]
    quien = str(a.get("responsable") or r.responsable)
    if faltan:
        yield r.senal(f"{_corto(r)}: el acuerdo con {region} no trae {enumerar(faltan)}", quien=quien)
    estado = str(a.get("estado", "vigente"))
    if estado != "vigente":
        yield r.senal(
            f"{_corto(r)}: el acuerdo con {region} está «{ESTADOS_ACUERDO.get(estado, estado)}»", quien=quien
        )


def _corto(r: Rige | Dicho) -> str:
    """El código; de lo declarado, que lo es."""
    return r.nombre if isinstance(r, Dicho) else r.codigo


def _sin_entregas(h: Hechos, r: Rige, datos: Mapping[str, Any]) -> Senal | None:
    """Las regiones que ya debían recibir información y no tienen ninguna entrega archivada del año."""
    if SERIE_ENTREGA not in h.servicio.series or h.servicio.es_gore:
        return None
    anio = r.anio
    hechas = {a.ficha.region for a in h.archivados if en_serie(a, SERIE_ENTREGA, anio)}
    faltan = [
        c
        for f in filas(datos, ACUERDOS)
        for c in regiones_de(h, f)
        if c not in hechas and _ya_debia(f, anio, h)
    ]
    if not faltan:
        return None
    return Senal(
        f"{SERIE_ENTREGA}: sin entregas del año {anio} archivadas para: {nombres(h, faltan)}",
        SERIE_ENTREGA,
        quien=r.responsable,
        hacer="archive cada entrega con su acuse de recibo, por región",
    )


def _ya_debia(acuerdo: Mapping[str, Any], anio: int, h: Hechos) -> bool:
    meses = acuerdo.get("meses_entrega")
    return any(
        (fin := ultimo_dia(m, anio)) is not None and fin < h.fecha
        for m in (meses if isinstance(meses, list) else [])
    )


def producto_sin_procedimiento(h: Hechos) -> Visto:
    """N-34: productos con perspectiva territorial sin procedimiento, o cuyo plazo pasó sin que rija."""
    declarados = [
        (r, f)
        for r, datos in h.dichos(PROGRAMA)
        if isinstance(r, Dicho)
        for f in filas(datos, "estandarizacion")
    ]
    if not declarados and not any(True for _ in h.de_tipo(DIAGNOSTICO)):
        return no_se_sabe("los productos: no rige un Diagnóstico")
    senales = [s for r, f in declarados if (s := _declarado_atrasado(h, r, f))]
    for f in h.estandarizacion:
        if f.alerta == ALERTA:
            texto = f"{f.producto}, «{f.nombre}»: nadie comprometió ni abrió un procedimiento"
            senales.append(Senal(texto, f.documento, quien=f.responsable))
        elif f.atrasado:
            cual = f.documento or f.titulo or "el procedimiento comprometido"
            texto = (
                f"{f.producto}, «{f.nombre}»: {cual} debía regir el {imprimir_fecha(f.plazo)} "
                f"y está «{ESTADOS[f.estado]}»"
            )
            senales.append(Senal(texto, f.documento, f.version, fecha=f.plazo, quien=f.responsable))
    mirado = contar(len(h.estandarizacion) + len(declarados), "compromiso", "compromisos")
    return halla(senales, mirado, habia=h.estandarizacion or declarados)


def _declarado_atrasado(h: Hechos, r: Rige | Dicho, f: Mapping[str, Any]) -> Senal | None:
    """Un procedimiento que debía regir y que, según lo declarado o lo que hay aquí, sigue sin regir."""
    codigo, plazo = str(f.get("documento") or ""), ultimo_dia(f.get("plazo_mes"), r.anio)
    if plazo is None or plazo >= h.fecha:
        return None
    propia = h.situaciones.get(codigo)
    dicho = next((d for d in h.declarados if d.codigo == codigo), None)
    if propia is not None and propia.versiones:
        sin_regir, estado = propia.vigente is None, "sin regir"
    else:
        sin_regir = dicho is None or dicho.estado in SIN_VIGENCIA
        estado = dicho.estado.replace("_", " ") if dicho else "sin declarar"
    if not sin_regir:
        return None
    texto = (
        f"{f.get('producto')}: {codigo or 'el procedimiento comprometido'} debía regir el "
        f"{imprimir_fecha(plazo)} y está «{estado}» ({r.nombre})"
    )
    return Senal(texto, codigo, fecha=plazo, quien=str(f.get("responsable") or ""))


def difusion_sin_definir(h: Hechos) -> Visto:
    """N-35: un plan que no dice cuándo la difusión se da por realizada, o un año que cerró sin evidencia."""
    planes = [(r, datos) for r, datos in h.dichos(DIFUSION) if datos]
    senales = [
        r.senal(f"{r.nombre} no dice cuándo se da por realizada la difusión", quien=r.responsable)
        for r, datos in planes
        if not dice(datos.get("realizada_si"))
    ]
    senales += [s for r, _ in planes if isinstance(r, Rige) for s in sin_difundir(h, r)]
    if not planes:
        return no_se_sabe("el plan de difusión y cuándo se da por realizada: no rige ninguno con sus datos")
    guarda = "enviar a revisión: el plan de difusión no avanza sin decir cuándo se da por realizada"
    return impide(senales, guarda, len(planes), contar(len(planes), "plan de difusión", "planes de difusión"))


def actividad_incompleta(h: Hechos) -> Visto:
    """N-36: actividades sin responsable, fechas o región, o que terminan antes de empezar."""
    actividades = [(r, a) for r, datos in h.dichos(PROGRAMA) for a in filas(datos, "actividades")]
    if not actividades:
        return no_se_sabe("las actividades: no rige un Programa que las traiga como datos")
    senales = [*_a_medias(h, actividades), *(s for r, a in actividades if (s := _al_reves(r, a)))]
    senales += rendicion.actividades(h)
    guarda = "enviar a revisión: el Programa no avanza con una actividad sin responsable, fechas o región"
    return impide(senales, guarda, len(actividades), contar(len(actividades), "actividad", "actividades"))


def _a_medias(h: Hechos, actividades: Iterable[tuple[Rige | Dicho, Mapping[str, Any]]]) -> Iterator[Senal]:
    """Las actividades que nadie puede seguir; a las que les falta lo mismo, una sola vez."""
    for r, suyas, falta in juntar((r, a, _falta_a(h, a)) for r, a in actividades):
        uno = len(suyas) == 1
        cuales = _nombrada(suyas[0]) if uno else enumerar(str(a.get("id", "")) for a in suyas)
        no_tienen = "no tiene" if uno else "no tienen"
        yield r.senal(f"{_corto(r)}: {cuales} {no_tienen} {falta}", quien=r.responsable)


def _falta_a(h: Hechos, a: Mapping[str, Any]) -> str:
    partes = {"responsable": "responsable", "inicio": "inicio", "fin": "término"}
    faltan = [nombre for clave, nombre in partes.items() if not dice(a.get(clave))]
    return ni([*faltan, *([] if regiones_de(h, a) else ["región"])])


def _nombrada(a: Mapping[str, Any]) -> str:
    return f"{a.get('id', '')} «{a.get('actividad', '')}»"


def _al_reves(r: Rige | Dicho, a: Mapping[str, Any]) -> Senal | None:
    """La actividad que termina antes de empezar."""
    inicio, fin = a.get("inicio"), a.get("fin")
    if isinstance(inicio, int) and isinstance(fin, int) and inicio > fin:
        return r.senal(f"{_corto(r)}: {_nombrada(a)} termina en el mes {fin}, antes de empezar")
    return None

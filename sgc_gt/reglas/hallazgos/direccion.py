"""Hallazgos sobre la dirección y lo que mide: sesiones de revisión, correctivas, indicadores, compromisos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sgc_gt.dominio import compromisos
from sgc_gt.dominio.fechas import imprimir_fecha, sumar_meses, ultimo_dia
from sgc_gt.dominio.objetos import FICHA, IMPLEMENTACION, MEDICION, PLAN, REVISION, SEGUIMIENTO
from sgc_gt.reglas.hallazgos.hechos import Hechos, filas
from sgc_gt.reglas.hallazgos.mediciones import (
    MESES,
    contra_el_plan,
    contra_otra_meta,
    de_evaluacion,
    plan_y_ficha,
)
from sgc_gt.reglas.hallazgos.rendicion import de_compromisos
from sgc_gt.reglas.hallazgos.rige import Dicho, Rige, juntar
from sgc_gt.reglas.hallazgos.valores import Senal, Visto, contar, enumerar, impide, ni, no_se_sabe

CADA_MESES = 12
"""Sin una fecha acordada, se espera al menos una revisión al año."""
SERIE_MEDICION = "RG-GT-04"
_PARTES = {
    "nombre": "nombre",
    "formula": "fórmula",
    "medio_verificacion": "medio de verificación",
    "recoleccion": "mecanismo de recolección",
    "sistematizacion": "mecanismo de sistematización",
}
_ENTRADAS = {
    "acciones_previas": "acciones de revisiones anteriores",
    "cambios": "cambios",
    "satisfaccion": "satisfacción",
    "objetivos": "objetivos",
    "procesos": "desempeño de los procesos",
    "no_conformidades": "acciones correctivas",
    "mediciones": "mediciones",
    "auditorias": "auditorías",
    "proveedores": "proveedores",
    "recursos": "recursos",
    "riesgos": "riesgos",
    "mejora": "mejora",
}
_COMUNES = frozenset(
    {"acciones_previas", "cambios", "satisfaccion", "procesos", "no_conformidades", "auditorias", "mejora"}
)
"""Las entradas que piden las dos ediciones de la norma: contra ellas se mira lo que solo se declaró."""
_SIN_DECIR = frozenset(("", "por definir", "—", "-"))


def dice(valor: object) -> bool:
    """Si el dato dice algo."""
    if isinstance(valor, str):
        return valor.strip().lower() not in _SIN_DECIR
    return valor is not None and valor not in ([], {})


def revision_incompleta(h: Hechos) -> Visto:
    """N-25: entradas sin responder, decisiones sin responsable o plazo, sin asistentes; o tarde."""
    sesiones = sorted(h.de_tipo(REVISION), key=lambda par: par[0].codigo)
    declaradas = [(r, datos) for r, datos in h.dichos(REVISION) if isinstance(r, Dicho)]
    todas: list[tuple[Rige | Dicho, Mapping[str, Any]]] = [*sesiones, *declaradas]
    senales = [s for r, datos in todas if datos for s in _de_sesion(r, datos)]
    atraso = _atrasada(h, sesiones)
    if atraso:
        senales.append(atraso)
    sin_datos = [r.codigo for r, datos in sesiones if not datos]
    nota = f"no traen sus datos y los lee una persona: {enumerar(sin_datos)}" if sin_datos else ""
    guarda = (
        "enviar a revisión: el acta no avanza con una entrada sin responder o una decisión sin responsable"
    )
    cuantas = len(sesiones) + len(declaradas)
    mirado = contar(cuantas, "sesión", "sesiones")
    if not cuantas:
        return no_se_sabe("las sesiones de Revisión por la Dirección: no hay ninguna en el sistema todavía")
    return impide(senales, guarda, len(sesiones), mirado, nota)


def _de_sesion(r: Rige | Dicho, datos: Mapping[str, Any]) -> Iterator[Senal]:
    entradas = datos.get("entradas")
    dadas = entradas if isinstance(entradas, Mapping) else {}
    piden = [c for c in _ENTRADAS if isinstance(r, Rige) or c in _COMUNES]
    calladas = [_ENTRADAS[c] for c in piden if not _responde(dadas.get(c))]
    if calladas:
        yield _senal(r, f"no responde {contar(len(calladas), 'entrada', 'entradas')}: {enumerar(calladas)}")
    if not filas(datos, "asistentes"):
        yield _senal(r, "no dice quiénes asistieron")
    decisiones = filas(datos, "decisiones")
    if not decisiones:
        yield _senal(r, "no dejó ninguna decisión")
    for d in decisiones:
        faltan = [n for c, n in (("responsable", "responsable"), ("plazo", "plazo")) if not dice(d.get(c))]
        if faltan:
            yield _senal(r, f"la decisión «{d.get('decision') or d.get('id')}» no tiene {ni(faltan)}")


def _responde(entrada: object) -> bool:
    """Una entrada se responde con su contenido, o diciendo por qué no lo hay."""
    return isinstance(entrada, Mapping) and (dice(entrada.get("contenido")) or dice(entrada.get("razon")))


def _senal(r: Rige | Dicho, texto: str) -> Senal:
    sesion = f", sesión {r.de.datos['sesion']}" if isinstance(r, Dicho) and r.de.datos.get("sesion") else ""
    nombre = f"{r.nombre}{sesion}" if isinstance(r, Dicho) else r.codigo
    return r.senal(f"{nombre}: {texto}", quien=r.responsable)


def _atrasada(h: Hechos, sesiones: list[tuple[Rige, Mapping[str, Any]]]) -> Senal | None:
    """La sesión siguiente que ya debió hacerse: en el mes que la última acordó, o al año."""
    if not sesiones:
        return None
    r, datos = max(sesiones, key=lambda par: (par[0].v.vigente_desde or par[0].v.abierta, par[0].codigo))
    ultima = r.v.vigente_desde or r.v.abierta
    acordada = datos.get("proxima_revision")
    dicha = acordada if isinstance(acordada, Mapping) else {}
    limite = ultimo_dia(dicha.get("mes"), dicha.get("anio") or r.anio) or ultima
    if limite <= ultima:  # sin fecha acordada, o dicha por su mes y es del año que viene
        limite = sumar_meses(limite, CADA_MESES)
    if limite >= h.fecha:
        return None
    return Senal(
        f"la última sesión ({r.codigo}) es del {imprimir_fecha(ultima)} y la siguiente se esperaba hasta el "
        f"{imprimir_fecha(limite)}",
        r.codigo,
        fecha=limite,
        quien=r.responsable,
        hacer="haga la sesión y archive su registro, o reprográmela con su razón",
    )


def correctiva_sin_eficacia(h: Hechos) -> Visto:  # noqa: ARG001 - todas miran los mismos hechos
    """N-26: las acciones correctivas no se llevan aquí."""
    return no_se_sabe(
        "las acciones correctivas y la comprobación de su eficacia: se llevan fuera del sistema"
    )


def indicador_incompleto(h: Hechos) -> Visto:
    """N-27: indicadores a los que les falta una parte, o un período sin ninguna medición archivada."""
    planes = list(h.dichos(PLAN, FICHA))
    indicadores = [(r, i) for r, datos in planes for i in filas(datos, "indicadores")]
    mediciones = [(r, m) for r, datos in h.dichos(MEDICION) for m in filas(datos, "mediciones")]
    senales = list(_a_medias(indicadores))
    senales += [s for r, datos in planes if datos and isinstance(r, Rige) and (s := _sin_medir(h, r, datos))]
    senales += _sin_valor(h, mediciones)
    senales += _nunca_medidos(h, indicadores, mediciones)
    senales += contra_otra_meta(indicadores, mediciones)
    senales += [*contra_el_plan(h), *plan_y_ficha(h), *de_evaluacion(h)]
    if not indicadores and not senales:
        return no_se_sabe("los indicadores: no hay un Plan vigente con sus datos en el sistema")
    guarda = "enviar a revisión: un indicador sin fórmula, medio o mecanismos no avanza"
    nota = (
        ""
        if mediciones
        else "no hay mediciones con sus datos: no se comprueba que cada indicador tenga su valor"
    )
    return impide(
        senales, guarda, len(indicadores), contar(len(indicadores), "indicador", "indicadores"), nota
    )


def _a_medias(indicadores: list[tuple[Rige | Dicho, Mapping[str, Any]]]) -> Iterator[Senal]:
    """Los indicadores a los que les falta una parte; a los que les falta lo mismo, una sola vez."""
    faltas = (
        (
            r,
            str(i.get("id") or i.get("nombre")),
            ni(n for clave, n in _PARTES.items() if not dice(i.get(clave))),
        )
        for r, i in indicadores
    )
    for r, cuales, faltan in juntar(faltas):
        uno = len(cuales) == 1
        quienes = (
            f"el indicador {cuales[0]} no tiene" if uno else f"los indicadores {enumerar(cuales)} no tienen"
        )
        yield _senal(r, f"{quienes} {faltan}")


def _sin_valor(h: Hechos, mediciones: list[tuple[Rige | Dicho, Mapping[str, Any]]]) -> Iterator[Senal]:
    """Las mediciones cuyo corte ya pasó y no tienen valor."""
    for r, m in mediciones:
        dicho = m.get("corte")
        corte = dicho if isinstance(dicho, Mapping) else {}
        cierre = ultimo_dia(corte.get("mes"), corte.get("anio") or r.anio)
        if cierre and cierre < h.fecha and m.get("valor") is None and m.get("numerador") is None:
            yield _senal(r, f"{m.get('indicador')} no tiene valor en su corte del {imprimir_fecha(cierre)}")


def _nunca_medidos(
    h: Hechos,
    indicadores: list[tuple[Rige | Dicho, Mapping[str, Any]]],
    mediciones: list[tuple[Rige | Dicho, Mapping[str, Any]]],
) -> Iterator[Senal]:
    """Los indicadores cuyo primer período ya se cumplió y que ninguna medición de ese año nombra."""
    dichos = {(r.anio, str(m.get("indicador"))) for r, m in mediciones}
    anios = {anio for anio, _ in dichos}
    vistos: set[tuple[int, str]] = set()
    for r, i in indicadores:
        clave = (r.anio, str(i.get("id")))
        cierre = ultimo_dia(MESES.get(str(i.get("frecuencia")), 12), r.anio)
        if clave in dichos or clave in vistos or r.anio not in anios or cierre is None or cierre >= h.fecha:
            continue
        vistos.add(clave)
        yield _senal(r, f"{clave[1]} se mide desde el {imprimir_fecha(cierre)} y ninguna medición lo nombra")


def _sin_medir(h: Hechos, r: Rige, datos: Mapping[str, Any]) -> Senal | None:
    """Si ya se cumplió el primer período de medición y no hay ningún registro de medición del año."""
    anio = r.anio
    meses = [MESES.get(str(i.get("frecuencia")), 12) for i in filas(datos, "indicadores")]
    cierre = ultimo_dia(min(meses, default=12), anio)
    if SERIE_MEDICION not in h.servicio.series or cierre is None or h.fecha <= sumar_meses(cierre, 1):
        return None
    if any(en_serie(a, SERIE_MEDICION, anio) for a in h.archivados):
        return None
    texto = (
        f"{r.codigo} mide desde el {imprimir_fecha(cierre)} y no hay ningún {SERIE_MEDICION} del año {anio}"
    )
    return Senal(texto, SERIE_MEDICION, fecha=cierre, quien=r.responsable)


def en_serie(r: Rige, serie: str, anio: int) -> bool:
    """Si el registro archivado es de esa serie y de ese año."""
    partes = r.codigo.split("/")
    return partes[0] == serie and len(partes) > 1 and partes[1].startswith(str(anio))


def compromiso_incompleto(h: Hechos) -> Visto:
    """N-31: compromisos pertinentes sin responsable, plazo o indicador, y los vencidos que nadie rindió."""
    senales = [s for r, datos in h.de_tipo(REVISION) for s in _rendidos(r, datos)]
    mirados = sum(1 for r, datos in h.de_tipo(REVISION) for _ in _anteriores(datos))
    con_datos = False
    for tipo in (SEGUIMIENTO, IMPLEMENTACION):
        for r, datos in h.dichos(tipo):
            con_datos = con_datos or bool(datos)
            for c in compromisos.leer(r.codigo, tipo, datos, r.anio, h.servicio.regiones):
                mirados += 1
                if c.pertinencia != compromisos.NO_PERTINENTE and c.faltan:
                    senales.append(
                        _senal(r, f"el compromiso «{c.compromiso or c.id}» no tiene {ni(c.faltan)}")
                    )
    senales += [s for seguido in h.compromisos if (s := _sin_rendir(seguido, h.fecha))]
    senales += _de_nadie(h)
    senales += de_compromisos(h)
    mirado = contar(mirados, "compromiso", "compromisos")
    if not con_datos:
        return no_se_sabe(
            "los compromisos: no rige un Programa de Seguimiento con sus datos", senales, mirado
        )
    guarda = "enviar a revisión: un compromiso pertinente no avanza sin responsable, plazo e indicador"
    return impide(senales, guarda, mirados, mirado)


def _sin_rendir(s: compromisos.Seguido, fecha: date) -> Senal | None:
    """Un compromiso abierto que venció. Lo que la Dirección decide se rinde en su sesión siguiente (N-25)."""
    c = s.compromiso
    if c.tipo == REVISION or not s.abierto or c.plazo is None or c.plazo >= fecha:
        return None
    dicho = compromisos.ESTADOS.get(s.estado, s.estado)
    consta = f"consta «{dicho}»" if s.informado_en else "nadie ha rendido su cumplimiento"
    texto = f"{c.identidad}, «{c.compromiso}», venció el {imprimir_fecha(c.plazo)} y {consta}"
    return Senal(texto, c.codigo, fecha=c.plazo, quien=c.responsable)


def _de_nadie(h: Hechos) -> Iterator[Senal]:
    """I-06: un cumplimiento que no es de ningún compromiso anterior no rinde nada."""
    todos = [s.compromiso for s in h.compromisos]
    for r, datos in h.de_tipo(SEGUIMIENTO):
        for c in compromisos.cumplimientos(r.codigo, datos):
            if not compromisos.nombrados(c.compromiso, todos):
                yield r.senal(f"{r.nombre} rinde «{c.compromiso}», y no consta quién lo comprometió (I-06)")


def _anteriores(datos: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Los compromisos del período anterior que una sesión rinde."""
    gt = datos.get("resultados_gt")
    anterior = gt.get("seguimiento_anterior") if isinstance(gt, Mapping) else None
    return filas(anterior if isinstance(anterior, Mapping) else {}, "compromisos")


def _rendidos(r: Rige, datos: Mapping[str, Any]) -> Iterator[Senal]:
    for c in _anteriores(datos):
        faltan = [n for k, n in (("responsable", "responsable"), ("plazo", "plazo")) if not dice(c.get(k))]
        if faltan:
            yield _senal(r, f"el compromiso «{c.get('compromiso')}» no tiene {ni(faltan)}")

"""Hallazgos sobre la dirección y lo que mide: sesiones de revisión, correctivas, indicadores, compromisos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sgc_gt.dominio.estandarizacion import ultimo_dia
from sgc_gt.dominio.fechas import imprimir_fecha, sumar_meses
from sgc_gt.reglas.hallazgos.hechos import Hechos, Rige, filas
from sgc_gt.reglas.hallazgos.valores import Senal, Visto, contar, enumerar, impide, ni, no_se_sabe

REVISION, PLAN = "revision_direccion", "plan"
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
_SIN_DECIR = frozenset(("", "por definir", "—", "-"))


def dice(valor: object) -> bool:
    """Si el dato dice algo."""
    if isinstance(valor, str):
        return valor.strip().lower() not in _SIN_DECIR
    return valor is not None and valor not in ([], {})


def revision_incompleta(h: Hechos) -> Visto:
    """N-25: entradas sin responder, decisiones sin responsable o plazo, sin asistentes; o tarde."""
    sesiones = sorted(h.de_tipo(REVISION), key=lambda par: par[0].codigo)
    senales = [s for r, datos in sesiones if datos for s in _de_sesion(r, datos)]
    atraso = _atrasada(h, sesiones)
    if atraso:
        senales.append(atraso)
    sin_datos = [r.codigo for r, datos in sesiones if not datos]
    nota = f"no traen sus datos y los lee una persona: {enumerar(sin_datos)}" if sin_datos else ""
    guarda = (
        "enviar a revisión: el acta no avanza con una entrada sin responder o una decisión sin responsable"
    )
    mirado = contar(len(sesiones), "sesión archivada", "sesiones archivadas")
    if not sesiones and not senales:
        return no_se_sabe("las sesiones de Revisión por la Dirección: no hay ninguna en el sistema todavía")
    return impide(senales, guarda, len(sesiones), mirado, nota)


def _de_sesion(r: Rige, datos: Mapping[str, Any]) -> Iterator[Senal]:
    entradas = datos.get("entradas")
    dadas = entradas if isinstance(entradas, Mapping) else {}
    calladas = [nombre for clave, nombre in _ENTRADAS.items() if not _responde(dadas.get(clave))]
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


def _senal(r: Rige, texto: str) -> Senal:
    return Senal(f"{r.codigo}: {texto}", r.codigo, r.v.version, quien=r.responsable)


def _atrasada(h: Hechos, sesiones: list[tuple[Rige, Mapping[str, Any]]]) -> Senal | None:
    """La sesión siguiente que ya debió hacerse: en el mes que la última acordó, o al año."""
    if not sesiones:
        return None
    r, datos = max(sesiones, key=lambda par: (par[0].v.vigente_desde or par[0].v.abierta, par[0].codigo))
    ultima = r.v.vigente_desde or r.v.abierta
    acordada = datos.get("proxima_revision")
    dicha = acordada if isinstance(acordada, Mapping) else {}
    limite = ultimo_dia(dicha.get("mes"), dicha.get("anio") or h.anio_de(r)) or ultima
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
    planes = list(h.de_tipo(PLAN))
    indicadores = [(r, i) for r, datos in planes for i in filas(datos, "indicadores")]
    senales = []
    for r, i in indicadores:
        faltan = [nombre for clave, nombre in _PARTES.items() if not dice(i.get(clave))]
        if faltan:
            texto = f"el indicador {i.get('id') or i.get('nombre')} no tiene {ni(faltan)}"
            senales.append(_senal(r, texto))
    senales += [s for r, datos in planes if datos and (s := _sin_medir(h, r, datos))]
    if not indicadores and not senales:
        return no_se_sabe("los indicadores: no hay un Plan vigente con sus datos en el sistema")
    guarda = "enviar a revisión: un indicador sin fórmula, medio o mecanismos no avanza"
    nota = "los valores medidos no se guardan como datos: no se comprueba que cada indicador tenga el suyo"
    return impide(
        senales, guarda, len(indicadores), contar(len(indicadores), "indicador", "indicadores"), nota
    )


def _sin_medir(h: Hechos, r: Rige, datos: Mapping[str, Any]) -> Senal | None:
    """Si ya se cumplió el primer período de medición y no hay ningún registro de medición del año."""
    anio = h.anio_de(r)
    meses = [_MESES.get(str(i.get("frecuencia")), 12) for i in filas(datos, "indicadores")]
    cierre = ultimo_dia(min(meses, default=12), anio)
    if SERIE_MEDICION not in h.servicio.series or cierre is None or h.fecha <= sumar_meses(cierre, 1):
        return None
    if any(en_serie(a, SERIE_MEDICION, anio) for a in h.archivados):
        return None
    texto = (
        f"{r.codigo} mide desde el {imprimir_fecha(cierre)} y no hay ningún {SERIE_MEDICION} del año {anio}"
    )
    return Senal(texto, SERIE_MEDICION, fecha=cierre, quien=r.responsable)


_MESES = {"mensual": 1, "trimestral": 3, "cuatrimestral": 4, "semestral": 6, "anual": 12}


def en_serie(r: Rige, serie: str, anio: int) -> bool:
    """Si el registro archivado es de esa serie y de ese año."""
    partes = r.codigo.split("/")
    return partes[0] == serie and len(partes) > 1 and partes[1].startswith(str(anio))


def compromiso_incompleto(h: Hechos) -> Visto:
    """N-31: compromisos de seguimiento sin responsable o plazo; su Programa no trae datos."""
    senales = []
    mirados = 0
    for r, datos in h.de_tipo(REVISION):
        gt = datos.get("resultados_gt")
        anterior = gt.get("seguimiento_anterior") if isinstance(gt, Mapping) else None
        for c in filas(anterior if isinstance(anterior, Mapping) else {}, "compromisos"):
            mirados += 1
            faltan = [
                n for k, n in (("responsable", "responsable"), ("plazo", "plazo")) if not dice(c.get(k))
            ]
            if faltan:
                senales.append(_senal(r, f"el compromiso «{c.get('compromiso')}» no tiene {ni(faltan)}"))
    return no_se_sabe(
        "los compromisos del Programa de Seguimiento como datos: ningún tipo de este servicio los trae",
        senales,
        contar(mirados, "compromiso rendido a la Dirección", "compromisos rendidos a la Dirección"),
    )

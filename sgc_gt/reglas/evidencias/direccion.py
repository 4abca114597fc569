"""Evidencias de la Revisión por la Dirección: sesiones, entradas, salidas y mediciones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sgc_gt.dominio.auditoria import NO_APLICA, SIN_EVIDENCIA, Prueba, Respuesta, responder
from sgc_gt.dominio.fechas import sumar_meses
from sgc_gt.dominio.filas import con_calidad, nombre_cargo
from sgc_gt.reglas.evidencias.materia import Materia, Sesion, al, cuantos, respaldo_de
from sgc_gt.reglas.evidencias.registros import registros_de

TIPO = "revision_direccion"
ENTRADAS = {
    "acciones_previas": "Acciones de revisiones anteriores",
    "cambios": "Cambios que pueden afectar al sistema",
    "satisfaccion": "Satisfacción y opinión de los usuarios",
    "objetivos": "Objetivos de la calidad",
    "procesos": "Desempeño de procesos y productos",
    "no_conformidades": "No conformidades y acciones correctivas",
    "mediciones": "Seguimiento y mediciones",
    "auditorias": "Resultados de auditorías",
    "proveedores": "Proveedores externos",
    "recursos": "Recursos",
    "riesgos": "Riesgos y oportunidades",
    "mejora": "Oportunidades de mejora",
}
SALIDAS = {
    "mejora_sistema": "mejora del sistema",
    "mejora_producto": "mejora del producto",
    "cambios": "cambios",
    "recursos": "recursos",
}
_NINGUNA = "No hay ninguna Revisión por la Dirección cerrada a esta fecha."


def revision_direccion(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Cada sesión cerrada: cuándo, quién presidió, quién firmó. Vencida si pasó el plazo desde la última."""
    tipo = m.servicio.tipos.get(TIPO)
    toca = _toca(m, tipo.revision_meses if tipo else 0)
    pruebas = [_de_sesion(m, s) for s in m.sesiones]
    if toca and pruebas and toca < m.fecha:
        pruebas[-1] = pruebas[-1]._replace(alerta=f"la siguiente debió hacerse antes del {al(toca)}")
    return responder(
        pruebas,
        f"{cuantos(len(pruebas), 'Una sesión cerrada', 'sesiones cerradas')}; la última, del "
        f"{al(_cuando(m))}.",
        f"sgc-gt historial {m.sesiones[-1].visto.codigo}" if m.sesiones else "sgc-gt estado",
        nada=_NINGUNA,
    )


def _cuando(m: Materia) -> Any:
    return m.sesiones[-1].version.vigente_desde if m.sesiones else None


def _toca(m: Materia, meses: int) -> Any:
    ultima = _cuando(m)
    return sumar_meses(ultima, meses) if ultima and meses else None


def _de_sesion(m: Materia, s: Sesion) -> Prueba:
    aprueban = [x for x in s.version.firmas if x.acto == "aprobar"]
    partes = [
        s.version.titulo,
        *_preside(m, _grupo(s.datos.get("preside"))),
        *_asistencia(_grupos(s.datos.get("asistentes"))),
        *(f"aprobó {m.quien(x)} el {al(x.fecha)} ({respaldo_de(x)})" for x in aprueban),
    ]
    n = aprueban[-1].n if aprueban else s.visto.ficha.actos[0].n
    lugar = f"{s.visto.carpeta}/{s.version.archivo}"
    return Prueba(s.visto.codigo, "; ".join(partes), "", s.version.version, n, s.version.vigente_desde, lugar)


def _preside(m: Materia, dicho: Mapping[str, Any]) -> Iterator[str]:
    if dicho.get("cargo"):
        cargo = nombre_cargo(m.servicio, str(dicho["cargo"]))
        yield f"presidió {con_calidad(cargo, str(dicho.get('calidad', '')))}"


def _asistencia(asistentes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    presentes = [a for a in asistentes if a.get("asistencia") == "presente"]
    if asistentes:
        yield f"{len(presentes)} de {len(asistentes)} cargos presentes"


def _grupo(valor: Any) -> Mapping[str, Any]:
    """El grupo de claves, o uno vacío: cada servicio puede cambiar qué datos lleva su acta."""
    return valor if isinstance(valor, Mapping) else {}


def _grupos(valor: Any) -> list[Mapping[str, Any]]:
    return [v for v in valor if isinstance(v, Mapping)] if isinstance(valor, list) else []


def entradas_revision(m: Materia, datos: tuple[str, ...]) -> Respuesta:
    """Lo que la última sesión consideró de esas entradas, o la razón que dejó escrita para no hacerlo."""
    if not m.sesiones:
        return Respuesta(SIN_EVIDENCIA, _NINGUNA, (), "sgc-gt estado")
    sesion = m.sesiones[-1]
    orden = f"sgc-gt copia {sesion.visto.codigo}"
    todas = sesion.datos.get("entradas")
    if not isinstance(todas, Mapping):
        return Respuesta(
            SIN_EVIDENCIA, "La última sesión no trae sus entradas como datos: léalas en su acta.", (), orden
        )
    dichas = [(clave, _grupo(todas.get(clave))) for clave in datos]
    pruebas = tuple(_de_entrada(sesion, clave, entrada) for clave, entrada in dichas)
    estados = {str(entrada.get("estado", "")) for _, entrada in dichas}
    resumen = f"Sesión del {al(sesion.version.vigente_desde)}: " + "; ".join(p.dice for p in pruebas)
    if estados == {"no_aplica"}:
        return Respuesta(NO_APLICA, resumen, pruebas, orden)
    if estados <= {"no_aplica", "sin_informacion"}:
        return Respuesta(SIN_EVIDENCIA, resumen, pruebas, orden)
    return responder(pruebas, resumen, orden, nada="")


def _de_entrada(s: Sesion, clave: str, entrada: Mapping[str, Any]) -> Prueba:
    nombre = ENTRADAS.get(clave, clave)
    estado = entrada.get("estado")
    alerta = ""
    if estado == "presente":
        sustento = f" (lo sustenta {entrada['respaldo']})" if entrada.get("respaldo") else ""
        dice = f"{nombre}: {_sin_punto(entrada.get('contenido', ''))}{sustento}"
    elif estado in ("sin_informacion", "no_aplica"):
        motivo = "sin información" if estado == "sin_informacion" else "no aplica"
        dice = f"{nombre}: {motivo}; {_sin_punto(entrada.get('razon', ''))}"
    else:
        dice, alerta = nombre, "la sesión no la respondió"
    return _en_acta(s, dice, alerta)


def _sin_punto(texto: str) -> str:
    return texto.strip().rstrip(".")


def _en_acta(s: Sesion, dice: str, alerta: str = "") -> Prueba:
    return Prueba(s.visto.codigo, dice, alerta, s.version.version, None, s.version.vigente_desde)


def salidas_revision(m: Materia, datos: tuple[str, ...]) -> Respuesta:
    """Las decisiones de esa clase que tomó la última sesión, con responsable, plazo y recursos."""
    if not m.sesiones:
        return Respuesta(SIN_EVIDENCIA, _NINGUNA, (), "sgc-gt estado")
    sesion = m.sesiones[-1]
    pruebas = [
        _de_decision(m, sesion, d) for d in _grupos(sesion.datos.get("decisiones")) if d.get("tipo") in datos
    ]
    clase = " ni de ".join(SALIDAS.get(d, d) for d in datos)
    return responder(
        pruebas,
        f"Sesión del {al(sesion.version.vigente_desde)}: "
        f"{cuantos(len(pruebas), 'una decisión', 'decisiones')}.",
        f"sgc-gt copia {sesion.visto.codigo}",
        nada=f"La sesión del {al(sesion.version.vigente_desde)} no decidió nada de {clase}.",
    )


def _de_decision(m: Materia, s: Sesion, d: Mapping[str, Any]) -> Prueba:
    plazo = _grupo(d.get("plazo"))
    cuando = (
        f"{plazo['mes']:02}-{plazo.get('anio') or al(s.version.vigente_desde)[-4:]}"
        if plazo.get("mes")
        else ""
    )
    responsable = nombre_cargo(m.servicio, str(d.get("responsable", "")))
    faltas = [n for n, v in (("responsable", responsable), ("plazo", cuando)) if not v]
    dice = (
        f"{d.get('id', '')} {d.get('decision', '')}; responde {responsable or '—'}; plazo "
        f"{cuando or '—'}; recursos: {d.get('recursos', '—')}"
    )
    return _en_acta(s, dice.strip(), f"la decisión no dice {' ni '.join(faltas)}" if faltas else "")


def mediciones(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Lo medido: los indicadores de la última sesión y los registros de medición archivados."""
    archivados = registros_de(m, ("medicion", "indicador"))
    pruebas = [*(list(_indicadores(m.sesiones[-1])) if m.sesiones else []), *archivados.pruebas]
    return responder(
        pruebas,
        f"{cuantos(len(pruebas), 'Una medición', 'mediciones')} con su valor o su registro.",
        "sgc-gt registros",
        nada=f"No hay mediciones a esta fecha. {archivados.resumen}",
    )


def _indicadores(s: Sesion) -> Iterator[Prueba]:
    programa = _grupo(_grupo(s.datos.get("resultados_gt")).get("programa_trabajo"))
    for i in _grupos(programa.get("indicadores")):
        unidad = f" {i['unidad']}" if i.get("unidad") else ""
        valor, meta = (f"{i.get(clave, '—')}{unidad}" for clave in ("valor", "meta"))
        yield _en_acta(s, f"{i.get('id', '')} {i.get('nombre', '')}: {valor}, meta {meta}".strip())

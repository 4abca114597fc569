"""Las filas del historial como la gente las lee: en la pantalla, en una planilla y en una página."""

from __future__ import annotations

from collections.abc import Sequence

from sgc_gt.consultas.historial import Filtro
from sgc_gt.consultas.historial_detalle import (
    Fila,
    cambiado,
    detalle,
    evidencia,
    observadas,
    reparado,
    respaldos,
)
from sgc_gt.contexto import Vista
from sgc_gt.dominio.actos import VIDA
from sgc_gt.dominio.etiquetas import ACTOS, FIRMAS, ORIGENES
from sgc_gt.dominio.fechas import imprimir_fecha, leer_fecha
from sgc_gt.dominio.filas import con_calidad
from sgc_gt.dominio.organizacion import SISTEMA
from sgc_gt.dominio.rectificacion import CAMPOS
from sgc_gt.dominio.solicitudes import DECISIONES
from sgc_gt.dominio.tabla import FECHA, NUMERO, VERSION, Columna, Tabla
from sgc_gt.dominio.vida import en_oraciones

LARGO_FIRMA = len("SHA256:") + 8
"""Cuánto de la huella de una clave se muestra en una consola; entera, en la planilla, la página y el JSON."""

PANTALLA = (
    Columna("n", "N°", ancho=4),
    Columna("codigo", "Código", ancho=16),
    Columna("acto", "Movimiento", ancho=26),
    Columna("version", "Versión", VERSION, 8),
    Columna("fecha", "Fecha", FECHA, 11),
    Columna("anotado", "Registrado", ancho=14),
    Columna("cargo", "Cargo", ancho=28),
    Columna("persona", "Persona", ancho=24),
    Columna("origen", "Origen", ancho=22),
    Columna("respaldo", "Respaldo", ancho=24),
    Columna("detalle", "De qué trata", ancho=30),
    Columna("motivo", "Motivo", ancho=30),
    Columna("codigo_verificacion", "Código de verificación", ancho=20),
    Columna("firma_dicha", "Firma", ancho=18),
)
PLANILLA = (
    Columna("codigo", "Código", ancho=18),
    Columna("n", "N°", NUMERO, 6),
    Columna("acto", "Movimiento", ancho=28),
    Columna("version", "Versión", VERSION, 8),
    Columna("fecha", "Fecha", FECHA, 12),
    Columna("dia_registrado", "Fecha en que se registró", FECHA, 12),
    Columna("hora_registrado", "Hora en que se registró", ancho=12),
    Columna("atraso_dias", "Días entre la fecha y el registro", NUMERO, 10),
    Columna("correo", "Correo de la persona", ancho=26),
    Columna("nombre", "Nombre de la persona", ancho=26),
    Columna("nombre_cargo", "Cargo", ancho=30),
    Columna("calidad", "Calidad", ancho=12),
    Columna("base_calidad", "Fundamento de la calidad", ancho=24),
    Columna("registra", "Correo de quien registró", ancho=26),
    Columna("origen_dicho", "Origen", ancho=24),
    Columna("evidencias", "Respaldo", ancho=30),
    Columna("archivos_respaldo", "Archivos del respaldo", ancho=30),
    Columna("resumenes_respaldo", "SHA-256 de los archivos del respaldo", ancho=30),
    Columna("motivo", "Motivo", ancho=30),
    Columna("detalle", "Detalle", ancho=30),
    Columna("vigente", "Rige desde", FECHA, 12),
    Columna("sin_efecto", "Sin efecto por el movimiento", NUMERO, 10),
    Columna("excepcion", "Excepción a la segregación", ancho=24),
    Columna("observado", "Observaciones y en qué están", ancho=40),
    Columna("archivo", "Archivo", ancho=22),
    Columna("huella", "Huella", ancho=30),
    Columna("sha256", "SHA-256 del archivo", ancho=30),
    Columna("firma_comprobada", "Firma, comprobada", ancho=20),
    Columna("firma", "Clave que la ficha dice", ancho=20),
    Columna("commit", "Identificador en la historia", ancho=30),
)


def legible(vista: Vista, f: Fila) -> Fila:
    """La fila con las palabras de pantalla; las claves del contrato que no se dicen de otro modo, iguales."""
    persona = vista.organizacion.persona(f["correo"])
    por_fecha = f["cargo"] == SISTEMA
    return {
        **f,
        "acto": _movimiento(f),
        "detalle": detalle(vista.organizacion, f),
        "fecha": leer_fecha(f["fecha"]),
        "cargo": "el sistema" if por_fecha else con_calidad(f["nombre_cargo"], f["calidad"]),
        "nombre_cargo": "el sistema" if por_fecha else f["nombre_cargo"],
        "nombre": persona.nombre if persona else "",
        "persona": "" if por_fecha else (persona.nombre if persona else "") or f["correo"],
        "origen": _origen(f),
        "origen_dicho": "automático" if por_fecha else ORIGENES[f["origen"]],
        "respaldo": "; ".join(respaldos(f)),
        "anotado": "" if por_fecha else _anotado(f),
        "dia_registrado": leer_fecha(f["registrado"][:10]),
        "hora_registrado": f["registrado"][11:16] + " h",
        "evidencias": "; ".join(evidencia(e) for e in f["evidencia"]),
        "archivos_respaldo": "; ".join(e["archivo"] for e in f["evidencia"] if e.get("archivo")),
        "resumenes_respaldo": "; ".join(e["sha256"] for e in f["evidencia"] if e.get("sha256")),
        "vigente": leer_fecha(f["vigente_desde"]) if f["vigente_desde"] else None,
        "excepcion": f["extra"].get("excepcion", ""),
        "firma_dicha": _firma(f),
        "observado": " / ".join(observadas(f)),
    }


def en_pantalla(vista: Vista, filas: Sequence[Fila], filtro: Filtro) -> Tabla:
    """La tabla de la consola: el código, si hay varios; la firma, si la hay; y abajo, lo que cambió."""
    oculta = {"codigo": es_de_uno(filas, filtro), "firma_dicha": not any(f["firma"] for f in filas)}
    return Tabla(
        titulo(filtro),
        "\n".join(filter(None, (vista.servicio.nombre, pedido(vista, filtro)))),
        tuple(c for c in PANTALLA if not oculta.get(c.clave)),
        tuple(legible(vista, f) for f in filas),
        notas=tuple(nota for f in filas for nota in (*cambiado(vista.organizacion, f), *reparado(f))),
    )


def es_de_uno(filas: Sequence[Fila], filtro: Filtro) -> bool:
    """Si se pidió un solo código y las filas son suyas: entonces no hace falta repetirlo."""
    return {f["codigo"] for f in filas} <= set(filtro.codigos) and len(filtro.codigos) == 1


def en_planilla(vista: Vista, filas: Sequence[Fila], filtro: Filtro) -> Tabla:
    """La tabla completa, para una planilla de cálculo."""
    return Tabla(titulo(filtro), vista.servicio.nombre, PLANILLA, tuple(legible(vista, f) for f in filas))


def titulo(filtro: Filtro) -> str:
    """«Historial de PR-GT-01», o del servicio."""
    return f"Historial de {', '.join(filtro.codigos)}" if filtro.codigos else "Historial del servicio"


def pedido(vista: Vista, filtro: Filtro) -> str:
    """Lo que se filtró, en una oración; vacío si es todo."""
    partes = []
    if filtro.persona:
        partes.append(f"de {filtro.persona}, o que anotó por otra persona")
    if filtro.cargo:
        partes.append(f"del cargo {vista.organizacion.nombre_cargo(filtro.cargo)}")
    if filtro.acto:
        partes.append(f"«{ACTOS[filtro.acto]}»")
    if filtro.desde or filtro.hasta:
        partes.append(_periodo(filtro))
    solo = f"Solo los movimientos {'; '.join(partes)}." if partes else ""
    sabido = ""
    if filtro.sabido_al:
        sabido = f"Según lo que estaba anotado al terminar el {imprimir_fecha(filtro.sabido_al)}."
    return " ".join(filter(None, (solo, sabido)))


def _periodo(filtro: Filtro) -> str:
    limites = (("desde el", filtro.desde), ("hasta el", filtro.hasta))
    dias = " ".join(f"{palabra} {imprimir_fecha(dia)}" for palabra, dia in limites if dia)
    return dias + (", según el día en que se anotaron" if filtro.por_registro else "")


def _movimiento(f: Fila) -> str:
    """El movimiento y lo que hace falta saber: de qué trata, desde cuándo rige, si quedó sin efecto."""
    notas = []
    if f["acto"] == "externo":
        notas.append(f"{f['extra'].get('accion', '')} {f['extra'].get('id', '')}".strip())
    if f["vigente_desde"] and f["vigente_desde"] != f["fecha"]:
        notas.append(f"rige desde el {imprimir_fecha(leer_fecha(f['vigente_desde']))}")
    if f["acto"] in VIDA:
        notas += [n for n in en_oraciones(f["extra"]) if not n.startswith("deja de estar")]
    if f["acto"] == "resolver":
        notas.append(DECISIONES[f["extra"]["decision"]])
    if f["extra"].get("solicitud"):
        notas.append(f"atiende la solicitud {f['extra']['solicitud']}")
    if f["sin_efecto"]:
        notas.append(f"sin efecto por el {f['sin_efecto']}")
    if f["rectificado"]:
        por = ", ".join(dict.fromkeys(str(r["n"]) for r in f["rectificado"]))
        notas.append(f"{_campos(f)} por el {por}")
    return ACTOS[f["acto"]] + "".join(f" ({nota})" for nota in notas)


def _campos(f: Fila) -> str:
    campos = dict.fromkeys(CAMPOS[r["campo"]].etiqueta for r in f["rectificado"])
    return f"se rectificó {', '.join(campos)}"


def _firma(f: Fila) -> str:
    """Lo comprobado de la firma, y la clave si vale: la que una ficha dice no prueba nada por sí sola."""
    if f["firma_comprobada"] != FIRMAS["valida"]:
        return str(f["firma_comprobada"])
    return f"{f['firma_comprobada']}, {f['firma'][:LARGO_FIRMA]}…"


def _origen(f: Fila) -> str:
    """De dónde viene y, si no lo anotó la propia persona, quién lo anotó."""
    if f["cargo"] == SISTEMA:
        return "automático"
    por = f" por {f['registra']}" if f["registra"] != f["correo"] else ""
    return ORIGENES[f["origen"]] + por


def _anotado(f: Fila) -> str:
    """Cuándo se registró, y cuánto después de la fecha del movimiento."""
    dias = f["atraso_dias"]
    if dias == 0:
        return "el mismo día"
    cuanto = "un día" if abs(dias) == 1 else f"{abs(dias)} días"
    despues = f"{cuanto} {'después' if dias > 0 else 'antes'}"
    return f"{imprimir_fecha(leer_fecha(f['registrado'][:10]))}, {despues}"

"""Lo propio de cada movimiento, en palabras: de qué trata, qué lo respalda, qué cambió y qué se observó."""

from __future__ import annotations

from typing import Any

from sgc_gt.dominio import distribucion
from sgc_gt.dominio.actos import DEL_DOCUMENTO, VIDA
from sgc_gt.dominio.cruce_palabras import cruce
from sgc_gt.dominio.etiquetas import CLASES_EVIDENCIA, OBSERVACIONES, ROLES
from sgc_gt.dominio.fechas import imprimir_fecha, leer_fecha
from sgc_gt.dominio.organizacion import Organizacion
from sgc_gt.dominio.rectificacion import Rectificacion
from sgc_gt.dominio.solicitudes import DECISIONES, QUE
from sgc_gt.dominio.textos import una_linea
from sgc_gt.dominio.vida import en_oraciones

Fila = dict[str, Any]


def detalle(org: Organizacion, f: Fila) -> str:
    """Lo propio del movimiento, en palabras: qué documento externo, qué subrogancia, qué registro."""
    e = f["extra"]
    if f["acto"] == "subrogar":
        hasta = f" al {imprimir_fecha(leer_fecha(e['hasta']))}" if e.get("hasta") else ""
        desde = imprimir_fecha(leer_fecha(e["desde"]))
        cargos = f"{org.nombre_cargo(e['suplente'])} por {org.nombre_cargo(e['cargo'])}"
        return f"{cargos}, {e['calidad']}, desde el {desde}{hasta}; {e['base']}"
    if f["acto"] == "rectificar":
        r = Rectificacion(e["campo"], e["decia"], e["dice"], f["n"], leer_fecha(f["fecha"]), f["motivo"])
        return f"movimiento {e['movimiento']}, {r.en_palabras}"
    if f["acto"] == "solicitar":
        return ", ".join(filter(None, (QUE[e["pide"]], e.get("documento", ""))))
    if f["acto"] == "resolver":
        return " ".join(filter(None, (DECISIONES[e["decision"]], e.get("con", ""))))
    if f["acto"] == "recodificar":
        return f"código: antes {e['antes']['codigo']}, ahora {f['identidad']['codigo']}"
    if f["acto"] == "reasignar":
        return _reasignado(org, e, f["identidad"])
    if f["acto"] in distribucion.ACTOS:
        return distribucion.en_palabras(f["acto"], e, org.nombre_cargo)
    claves = {
        "externo": ("titulo", "emisor", "version"),
        "registrar": ("titulo", "periodo", "region", "ubicacion"),
    }
    if f["acto"] in VIDA:
        return "; ".join(en_oraciones(e))
    nombres = {"periodo": "período ", "region": "región ", "version": "versión ", "ubicacion": "está en "}
    propias = claves.get(f["acto"], ())
    return ", ".join(f"{nombres.get(c, '')}{e[c]}" for c in propias if e.get(c))


def _reasignado(org: Organizacion, extra: Fila, ahora: Fila) -> str:
    """«aprobado por: antes Director/a Nacional, ahora Subdirector/a»; y qué cargo salió, si fue de todos."""

    def nombres(valor: Any) -> str:
        return org.nombres((valor,) if isinstance(valor, str) else valor or ())

    antes = extra.get("antes", {})
    partes = [
        f"{ROLES[p]}: antes {nombres(antes.get(p))}, ahora {nombres(ahora[p])}" for p in ROLES if p in ahora
    ]
    if extra.get("sale") and not partes:
        partes = [
            f"en lo que falta del circuito: antes {nombres(extra['sale'])}, ahora {nombres(extra['entra'])}"
        ]
    return "; ".join(partes)


def respaldos(f: Fila) -> list[str]:
    """Todo lo que respalda el movimiento: evidencias, excepción, en qué se apoyó y lo que dijo el archivo."""
    return [*(evidencia(e) for e in f["evidencia"]), *_excepcion(f), *cruce(f["extra"]), *_segun_word(f)]


def evidencia(e: Fila) -> str:
    """«resolución exenta N° 214 del 22-04-2025»."""
    numero = f" N° {e['numero']}" if e.get("numero") else ""
    fecha = f" del {imprimir_fecha(leer_fecha(e['fecha']))}" if e.get("fecha") else ""
    responde = f", responde al N° {e['responde']}" if e.get("responde") else ""
    decia = f" ({e['decia']})" if e.get("decia") else ""
    return f"{CLASES_EVIDENCIA[e['clase']]}{numero}{fecha}{responde}{decia}"


def _segun_word(f: Fila) -> list[str]:
    """Lo que se observó de lo que trajo una carpeta conectada: no prueba quién lo hizo, y se muestra."""
    dichos = (("guardado_por", "según Word lo guardó"), ("propietario", "el archivo es de"))
    return [f"{oracion} «{f['extra'][clave]}»" for clave, oracion in dichos if f["extra"].get(clave)]


def _excepcion(f: Fila) -> list[str]:
    """La excepción razonada a la segregación con que se hizo, si la hubo: siempre se muestra."""
    motivo = f["extra"].get("excepcion")
    return [f"excepción a la segregación: {motivo}"] if motivo else []


def cambiado(org: Organizacion, f: Fila) -> list[str]:
    """Lo que el movimiento cambió en el documento mismo, con lo que decía antes y por qué."""
    if f["acto"] not in DEL_DOCUMENTO and f["acto"] != "rectificar":
        return []
    return [f"{f['codigo']}, movimiento {f['n']}: {detalle(org, f)}. Motivo: {f['motivo']}"]


def reparado(f: Fila) -> list[str]:
    """Lo que el sistema reparó del archivo al recibirlo en el circuito."""
    return [f"{f['codigo']}, movimiento {f['n']}: se reparó. {o}" for o in f["extra"].get("reparado", ())]


def observadas(f: Fila) -> list[str]:
    """Cada observación con su número, su sección, en qué está y qué se respondió.

    Las de antes de que se siguieran no tienen número ni estado: va solo lo que dicen.
    """
    dichas = []
    for n, o in enumerate(f["observaciones"]):
        seguida = f["seguimiento"][n] if n < len(f["seguimiento"]) else None
        seccion = f" (sección {o['seccion']})" if o.get("seccion") else ""
        numero = f" {seguida['id']}" if seguida else ""
        estado = f", {OBSERVACIONES[seguida['estado']]}" if seguida else ""
        respuesta = (
            f" Respuesta: {una_linea(seguida['respuesta'])}" if seguida and seguida["respuesta"] else ""
        )
        dichas.append(f"Observación{numero}{seccion}{estado}: {una_linea(o['texto'])}{respuesta}")
    return dichas

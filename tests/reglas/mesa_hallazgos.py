"""La mesa de los hallazgos: fichas escritas en una línea y los hechos de un servicio pequeño, en una fecha."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from mesa_reglas import servicio

from sgc_gt.dominio.alertas import CORREGIR, NORMA, Alerta
from sgc_gt.dominio.ficha import Evidencia, Ficha, Movimiento, Paso
from sgc_gt.dominio.organizacion import Organizacion, Subrogancia
from sgc_gt.reglas.hallazgos.evaluar import resolver
from sgc_gt.reglas.hallazgos.hechos import Guardado, Hechos
from sgc_gt.reglas.hallazgos.tabla import POR_ID
from sgc_gt.reglas.hallazgos.valores import Resultado

HOY = date(2025, 3, 10)
QUIEN = {"generar": "cr1", "enviar": "cr1", "revisar": "egt", "aprobar": "dn"}
NORMAL = "crear generar enviar revisar aprobar emitir"
VISADO = "crear generar enviar revisar aprobar remitir visar emitir"
_RUTA = ("revisar", "aprobar", "remitir", "visar", "emitir")


def ficha(
    actos: str = NORMAL,
    codigo: str = "PR-FOM-03",
    tipo: str = "procedimiento",
    *,
    dia: date = date(2025, 1, 6),
    version: str = "01",
    de: Ficha | None = None,
    identidad: Mapping[str, Any] = {},
    **cambios: Mapping[str, Any],
) -> Ficha:
    """La ficha tras esos actos, todos del mismo día; `cambios` tuerce los campos de un acto por su nombre.

    Con `de` continúa esa ficha: otra versión, otro día.
    """
    clase = "registro" if "/" in codigo else "documento"
    base = {"titulo": "Subsidios", "area": "FOM", "elabora": "cr1", "revisa": ["egt"], "aprueba": "dn",
            "responsable": "cr1", **identidad}  # fmt: skip
    propia = de or Ficha(codigo, tipo, clase, base)
    dichos = actos.split()
    circuito = (VISADO if "remitir" in dichos else NORMAL).split() if "revisar" in dichos else dichos
    pasos = tuple(Paso(a, (QUIEN.get(a, "cdoc"),)) for a in _RUTA if a in circuito)
    for nombre in dichos:
        cargo = QUIEN.get(nombre, "cdoc")
        comun = Movimiento(
            n=len(propia.actos) + 1, acto=nombre, version="" if clase == "registro" else version, fecha=dia,
            registrado=f"{dia}T12:00:00-03:00", correo=f"{cargo}@senopl.example", cargo=cargo,
            registra=f"{cargo}@senopl.example", origen="por_la_persona", huella="1:aaaa", sha256="aaaa",
            archivo=f"{codigo.replace('/', '_')}_v{version}.docx", ruta=pasos if nombre == "enviar" else (),
            identidad=base if nombre in ("crear", "importar", "registrar") else {},
        )  # fmt: skip
        clave = nombre.replace("-", "_")
        propia = propia.con(comun._replace(**dict(cambios.get(clave, {}))))
    return propia


def registro(codigo: str = "RG-GT-10/2025/001", **extra: Any) -> Ficha:
    """Un registro archivado con su archivo."""
    return ficha("registrar", codigo, "archivo", registrar={"archivo": "oficio.pdf", "extra": extra})


def guardado(documento: str = "RG-GT-10/2025/001", **cambios: Any) -> Guardado:
    """El archivo de un registro."""
    return Guardado(documento, 1, "oficio.pdf", date(2025, 1, 6), registro=True)._replace(**cambios)


def alerta(regla: str, evidencia: str = "lo que se vio") -> Alerta:
    """Una alerta del chequeo de forma."""
    return Alerta(
        regla, CORREGIR, NORMA, "PR-FOM-03", "sección 3", evidencia, "lo pedido", "lo afirmado", "arréglelo"
    )


def oficio(numero: str) -> tuple[Evidencia, ...]:
    """Un oficio con su archivo."""
    return (Evidencia("oficio", numero, date(2025, 1, 6), "of.pdf", 10, "bbbb"),)


def hechos(*fichas: Ficha, subrogancias: tuple[Subrogancia, ...] = (), **cambios: Any) -> Hechos:
    """Los hechos del servicio de la demostración con esas fichas, el 10-03-2025."""
    s = servicio()
    return replace(Hechos(s, Organizacion(s.cargos, s.personas, subrogancias), HOY, fichas), **cambios)


def resultado(id_: str, h: Hechos) -> Resultado:
    """Ese hallazgo típico en esos hechos."""
    return resolver(h, POR_ID[id_])


def evidencias(id_: str, h: Hechos) -> list[str]:
    """Lo que ese hallazgo típico vio."""
    return [s.evidencia for s in resultado(id_, h).evidencia]

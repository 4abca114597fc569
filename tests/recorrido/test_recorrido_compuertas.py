"""Un Plan que va a SUBDERE, vuelve con plazo, se visa y se modifica en el año: cada compuerta, en su momento."""

from __future__ import annotations

from casa import EJEMPLO, Casa

OFICIO = "--oficio 'Ord. B' --fecha-oficio 2025-03-24 --responde 50"


def _datos(nombre: str) -> str:
    return str(EJEMPLO / "datos" / f"{nombre}.yaml")


def _remite(casa: Casa, codigo: str, numero: str, fecha: str) -> None:
    casa.hace(f"remitir {codigo} --oficio {numero} --fecha-oficio {fecha} --adjunto", casa.adjunto())


def _visa(casa: Casa, codigo: str, numero: str, fecha: str, responde: str) -> None:
    dicho = f"visar {codigo} --oficio {numero} --fecha-oficio {fecha} --responde {responde} --adjunto"
    casa.hace(dicho, casa.adjunto())


def _instruye(casa: Casa) -> None:
    """El oficio que instruye el año se archiva con lo que dice, y sus fechas, de ese año, quedan por cumplir."""
    archiva = "registrar RG-GT-10 --fecha 2024-12-27 --periodo 2025 --titulo Instrucciones"
    casa.negada(f"{archiva} --datos", _datos("oficio_recibido"), codigo=2, dice="--datos")
    oficio, vacio = casa.adjunto("of-A.pdf"), casa.adjunto("vacio.yaml", b"numero: Of. Circ. A\n")
    casa.negada(archiva, oficio, "--datos", vacio, dice="no alcanzan")
    codigo = casa.hace(archiva, oficio, "--datos", _datos("oficio_recibido"))["codigo"]
    assert "of-A.datos.yaml" in casa.archivos(f"registros/{codigo}")
    assert _calendario(casa) == {
        "RG-GT-01": "2025-02-27", "PL-GT-01": "2025-03-31", "PG-GT-01": "2025-03-31",
    }  # fmt: skip


def _calendario(casa: Casa) -> dict[str, str]:
    """Lo que un oficio mandó presentar y se debe: documento y fecha."""
    return {p["documento"]: p["hasta"] for p in casa.hace("pendientes --de egt") if p["que"] == "calendario"}


def test_el_plan_va_vuelve_con_plazo_se_visa_y_se_modifica_en_el_anio(demo: Casa) -> None:
    casa = demo
    casa.reloj.dia("2025-03-10")
    _instruye(casa)
    casa.hace("nueva-version PL-GT-01 --motivo 'Plan del año' --periodo 2025")
    casa.hasta("PL-GT-01", "aprobar", elabora="egt", revisa="ecal")
    _remite(casa, "PL-GT-01", "50", "2025-03-10")
    assert set(_calendario(casa)) == {"RG-GT-01", "PG-GT-01"}, "lo presentado cumple su fecha"

    # Nada se informa como ejecutado antes de la visación: la negativa dice qué oficio falta (N-28).
    crea = "crear informe_implementacion --titulo 'Informe del trimestre' --periodo 2025 --datos"
    informe = casa.hace(crea, _datos("informe_implementacion"))["codigo"]
    falta = casa.negada(f"enviar {informe}", de="egt", dice="N-28")
    [plan, *_] = falta["problemas"]
    assert "falta el oficio que da la visación técnica" in plan["mensaje"]
    assert "N° 50 del 10-03-2025" in plan["mensaje"]
    assert "sgc-gt visar PL-GT-01" in falta["hacer"]

    # SUBDERE observa: diez días hábiles desde el recibo, sin el Viernes Santo.
    casa.reloj.dia("2025-04-07")
    observa = f"devolver PL-GT-01 {OFICIO} --texto 'Precisar la meta' --adjunto"
    casa.negada(observa, casa.adjunto(), "--plazo-habiles", "10", "--recibido", "2025-03-20", dice="no pudo")
    casa.negada(observa, casa.adjunto(), "--recibido", "2025-04-07", codigo=2, dice="--plazo-habiles")
    dicho = casa.dice(observa, casa.adjunto(), "--plazo-habiles", "10", "--recibido", "2025-04-07")
    assert (
        "Se responde hasta el 22-04-2025: 10 días hábiles desde el 07-04-2025, sin contar 18-04-2025" in dicho
    )
    casa.reloj.dia("2025-04-16")
    [abierta] = [f for f in casa.hace("estado PL-GT-01") if f["version"] == "03"]
    # Ya se presentó: lo que se debe es la respuesta, y no el Plan.
    assert (abierta["responder_hasta"], abierta["plazo"], set(_calendario(casa))) == (
        "2025-04-22", "vence el 22-04-2025 (quedan 3 días hábiles)", {"RG-GT-01", "PG-GT-01"},
    )  # fmt: skip
    assert "quedan 3 días hábiles" in casa.dice("estado PL-GT-01")
    debe = next(p for p in casa.hace("pendientes --de egt") if p["que"] == "enviar")
    assert (debe["hasta"], debe["detalle"]) == (
        "2025-04-22", "1 observación por responder; vence el 22-04-2025 (quedan 3 días hábiles)",
    )  # fmt: skip

    # Se responde una por una, se remite y se visa: el plazo se cierra y el informe ya puede enviarse.
    numero = len(casa.ficha("PL-GT-01")["actos"])
    casa.hace(f"enviar PL-GT-01 --respuesta '{numero}.1: Se precisó la meta'", de="egt")
    casa.hace("revisar PL-GT-01", de="ecal")
    casa.hace("aprobar PL-GT-01", de="dn")
    _remite(casa, "PL-GT-01", "60", "2025-04-16")
    assert {f["plazo"] for f in casa.hace("estado PL-GT-01")} == {""}
    casa.reloj.dia("2025-04-28")
    _visa(casa, "PL-GT-01", "300", "2025-04-28", "60")
    casa.hace("emitir PL-GT-01")

    # En el mismo año, otra versión pide su propuesta aprobada, o una razón.
    abre = "nueva-version PL-GT-01 --motivo 'Ajusta una meta'"
    assert "--propuesta" in casa.negada(abre, dice="IMP-F")["hacer"]
    crea = "crear propuesta_modificacion --titulo 'Modificación 1' --periodo 2025 --datos"
    propuesta = casa.hace(crea, _datos("propuesta_modificacion"))["codigo"]
    casa.negada(f"{abre} --propuesta {propuesta}", dice="«Borrador»")
    casa.hasta(propuesta, "aprobar", elabora="egt", revisa="ecal")
    assert casa.hace(f"{abre} --propuesta {propuesta}")["version"] == "04"
    assert casa.ficha("PL-GT-01")["actos"][-1]["extra"]["apoyos"] == [propuesta]
    assert f"se apoya en: {propuesta}" in casa.dice("historial PL-GT-01")

    # La medición que corrige un indicador se puede enviar, y no se archiva hasta que el Plan se vise (I-26).
    crea = "crear medicion_indicadores --titulo 'Medición de abril' --periodo 2025 --datos"
    medicion = casa.hace(crea, _datos("medicion_indicadores"))["codigo"]
    casa.hace(f"enviar {medicion}", de="egt")
    casa.hace(f"aprobar {medicion}", de="dn")
    falta = casa.negada(f"emitir {medicion}", dice="N-30")
    assert falta["problemas"][0]["mensaje"] == "IND-05: PL-GT-01 versión 04 está en «Borrador»"


def test_los_compromisos_de_la_revision_se_ven_por_quien_responde_y_salen_en_excel(demo: Casa) -> None:
    casa = demo
    de_cr4 = casa.hace("compromisos --de cr4")
    assert [(c["id"].partition("#")[2], c["estado"], c["plazo"]) for c in de_cr4] == [
        ("D1", "cumplido", "2024-08-31")
    ]
    assert casa.hace("compromisos --fecha 2024-07-01") == [], "la sesión todavía no se hacía"
    destino = casa.raiz.parent / "compromisos.xlsx"
    assert casa.hace(f"compromisos -o '{destino}'") == {"archivo": str(destino)}
    assert destino.read_bytes()[:2] == b"PK"
    assert "Crear un portal propio por región" in casa.dice("compromisos"), "lo no pertinente dice qué era"
    casa.negada("compromisos --de nadie", codigo=2, dice="no es un cargo")

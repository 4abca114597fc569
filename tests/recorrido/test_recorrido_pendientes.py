"""Qué hay por hacer y de quién: en pantalla, en un calendario y en correos que llegan de verdad."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from casa import Casa
from icalendar import Calendar

from sgc_gt.avisos.correo import Destino, enviar, mensaje
from sgc_gt.errores import NoSePudoEscribir


def _debe(casa: Casa, mas: str = "") -> list[tuple[str, str, str]]:
    return [(p["que"], p["documento"], p["cargo"]) for p in casa.hace(f"pendientes {mas}")]


def test_el_turno_pasa_de_mano_en_mano_y_dice_desde_cuando(casa: Casa) -> None:
    casa.hace('nueva-version PR-FOM-01 --motivo "Cambia el plazo"')
    casa.editar("PR-FOM-01", "Se responde en cinco días.")
    casa.hace("entregar PR-FOM-01", de="cr1")
    assert ("enviar", "PR-FOM-01", "cr1") in _debe(casa)
    casa.reloj.dia("2025-03-20")
    casa.hace("enviar PR-FOM-01", de="cr1")
    casa.reloj.dia("2025-03-24")
    [espera] = [p for p in casa.hace("pendientes --de egt") if p["que"] == "revisar"]
    assert (espera["documento"], espera["version"], espera["desde"], espera["hasta"]) == (
        "PR-FOM-01",
        "02",
        "2025-03-20",
        None,
    )
    assert ("enviar", "PR-FOM-01", "cr1") not in _debe(casa)
    casa.hace('devolver PR-FOM-01 --texto "Falta el plazo" --seccion 1', de="egt")
    [vuelve] = [p for p in casa.hace("pendientes --de cr1") if p["que"] == "enviar"]
    assert (vuelve["desde"], vuelve["detalle"]) == ("2025-03-24", "1 observación por responder")


def test_lo_que_vence_se_avisa_con_sesenta_dias(casa: Casa) -> None:
    """EX-01 se verifica cada seis meses y se dio de alta el 03-03-2025."""
    externo = ("externo", "EX-01", "cdoc")
    casa.reloj.dia("2025-07-04")
    assert externo not in _debe(casa)
    assert externo in _debe(casa, "--dias 61")
    casa.reloj.dia("2025-07-05")
    [p] = [p for p in casa.hace("pendientes") if p["documento"] == "EX-01"]
    assert (p["hasta"], p["plazo"], p["vencido"]) == ("2025-09-03", 60, False)
    casa.reloj.dia("2025-09-04")
    assert "vencido hace 1 día" in casa.dice("pendientes --de cdoc")
    casa.hace("externo verificar EX-01")
    assert externo not in _debe(casa)


def test_por_region_por_persona_y_por_quien_no_existe(demo: Casa) -> None:
    demo.reloj.dia("2024-12-20")
    todos = demo.hace("pendientes")
    assert {p["cargo"] for p in demo.hace("pendientes --de 11")} == {"dr-11"}
    assert demo.hace("pendientes --de egt") == [p for p in todos if p["cargo"] == "egt"]
    assert demo.hace("pendientes --de egt@senopl.example") == demo.hace("pendientes --de egt")
    error = demo.negada("pendientes --de gerencia", codigo=2)
    assert "«gerencia»" in error["mensaje"]


def test_el_calendario_conserva_la_identidad_de_cada_cosa(demo: Casa, tmp_path: Path) -> None:
    def leer(nombre: str) -> dict[str, tuple[str, object]]:
        archivo = tmp_path / nombre
        demo.hace(f"pendientes --ics {archivo}")
        libro = Calendar.from_ical(archivo.read_bytes())
        piezas = [p for p in libro.walk() if p.name in ("VEVENT", "VTODO")]
        return {str(p["uid"]): (str(p["summary"]), p.get("dtstart") and p["dtstart"].dt) for p in piezas}

    demo.reloj.dia("2025-12-20")
    antes = leer("hoy.ics")
    assert len(antes) == len(demo.hace("pendientes"))
    assert any(cuando and cuando.isoformat() == "2025-12-31" for _, cuando in antes.values())
    demo.reloj.dia("2025-12-21")
    despues = leer("manana.ics")
    assert antes.items() <= despues.items()


def test_un_borrador_de_correo_por_persona(casa: Casa, tmp_path: Path) -> None:
    casa.reloj.dia("2025-09-04")
    casa.hace(f"pendientes --correo {tmp_path / 'correos'}")
    archivo = tmp_path / "correos" / "pendientes_2025-09-04_cdoc@senopl.example.eml"
    carta = message_from_bytes(archivo.read_bytes(), policy=default)
    assert (carta["To"], carta["X-Unsent"], carta["From"]) == ("cdoc@senopl.example", "1", None)
    texto = carta.get_content()
    assert "EX-01, ISO 9001:2015" in texto
    assert "Vencido hace 1 día (03-09-2025)." in texto


class _Buzon(Message):
    """Un servidor de correo de verdad que guarda lo que recibe y no conoce a una región."""

    def __init__(self) -> None:
        super().__init__()
        self.cartas: list[tuple[str, str]] = []

    def handle_message(self, message: object) -> None:
        self.cartas.append((str(message["X-RcptTo"]), str(message["From"])))  # type: ignore[index]

    async def handle_RCPT(  # noqa: N802 - así lo busca el servidor
        self, _s: object, _sesion: object, sobre: object, direccion: str, _o: object
    ) -> str:
        if direccion.startswith("dr-05@"):
            return "550 no existe"
        sobre.rcpt_tos.append(direccion)  # type: ignore[attr-defined]
        return "250 OK"


@contextmanager
def servidor_de(buzon: _Buzon, **opciones: Any) -> Iterator[str]:
    """La dirección de un servidor de correo que anda mientras dura."""
    with socket.create_server(("127.0.0.1", 0)) as libre:
        puerto = libre.getsockname()[1]
    servidor = Controller(buzon, hostname="127.0.0.1", port=puerto, **opciones)
    servidor.start()
    try:
        yield f"127.0.0.1:{puerto}"
    finally:
        servidor.stop()


def test_se_envian_por_un_servidor_y_se_dice_a_quien_no(demo: Casa) -> None:
    demo.reloj.dia("2024-12-20")
    buzon = _Buzon()
    with servidor_de(buzon) as servidor:
        error = demo.negada(f"pendientes --smtp {servidor} --remitente cdoc@senopl.example", codigo=1)
    assert f"dr-05@senopl.example; a los demás, sí ({len(buzon.cartas)})" in error["mensaje"]
    assert ("egt@senopl.example", "cdoc@senopl.example") in buzon.cartas
    assert "dr-05@senopl.example" not in {a for a, _ in buzon.cartas}


def cartas_a(*nombres: str) -> dict[str, EmailMessage]:
    """Un correo para cada uno."""
    ahora = datetime(2025, 9, 4, 9, tzinfo=UTC)
    return {
        f"{n}@x.cl": mensaje(Destino(f"{n}@x.cl", "Jefatura", ()), "Servicio", ahora, "cdoc@x.cl")
        for n in nombres
    }


@pytest.mark.skipif(shutil.which("openssl") is None, reason="falta openssl, con que se hace el certificado")
def test_si_el_servidor_ofrece_cifrar_se_cifra(tmp_path: Path) -> None:
    clave, certificado = tmp_path / "clave.pem", tmp_path / "certificado.pem"
    pedido = (
        f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=x -days 1 -keyout {clave}"
    )
    subprocess.run(["openssl", *pedido.split(), "-out", certificado], check=True, capture_output=True)
    cifrado = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    cifrado.load_cert_chain(certificado, clave)
    buzon = _Buzon()
    with servidor_de(buzon, tls_context=cifrado, require_starttls=True) as servidor:
        enviar(cartas_a("uno"), servidor)
    assert buzon.cartas == [("uno@x.cl", "cdoc@x.cl")]


class _Manoso(_Buzon):
    """No toma la carta de cuyo destinatario dice `no`, y cuelga sin responder al recibir la de `corta`."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        [a] = envelope.rcpt_tos
        if a.startswith("corta@"):
            server.transport.abort()
        if a.startswith("no@"):
            return "554 parece basura"
        return str(await super().handle_DATA(server, session, envelope))


@pytest.mark.parametrize(
    ("a", "dice", "salen"),
    [
        ("uno dos no tres", "el servidor no quiso entregar a no@x.cl; a los demás, sí (3)", "uno dos tres"),
        ("no", "el servidor no quiso entregar a no@x.cl; no salió ninguno", ""),
        (
            "uno no corta dos",
            "el servidor no quiso entregar a no@x.cl; la conexión se cortó, y no consta que saliera lo de "
            "corta@x.cl, dos@x.cl; a los demás, sí (1)",
            "uno corta",
        ),
        (
            "corta dos",
            "la conexión se cortó, y no consta que saliera lo de corta@x.cl, dos@x.cl",
            "corta",
        ),
    ],
)
def test_si_el_servidor_deja_de_aceptar_se_dice_que_salio(a: str, dice: str, salen: str) -> None:
    """Quien repite el envío entero escribe dos veces a los que ya recibieron."""
    buzon = _Manoso()
    with servidor_de(buzon) as servidor, pytest.raises(NoSePudoEscribir) as negado:
        enviar(cartas_a(*a.split()), servidor)
    assert negado.value.mensaje == dice
    assert [correo for correo, _ in buzon.cartas] == [f"{nombre}@x.cl" for nombre in salen.split()]


@pytest.mark.parametrize(
    ("orden", "codigo", "dice"),
    [
        ("pendientes --smtp correo.example", 2, "hacen falta el servidor y quien envía"),
        ("pendientes --smtp :25 --remitente a@b.cl", 2, "no es un servidor de correo"),
        ("pendientes --smtp 127.0.0.1:9 --remitente a@b.cl", 1, "el servidor de correo no contesta"),
    ],
)
def test_lo_que_no_se_puede_enviar_se_dice(casa: Casa, orden: str, codigo: int, dice: str) -> None:
    casa.reloj.dia("2025-09-04")
    assert dice in casa.negada(orden, codigo=codigo)["mensaje"]

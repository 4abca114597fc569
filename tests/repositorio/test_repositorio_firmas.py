"""La firma de un movimiento: hecha por ssh-keygen, leída byte a byte, con una sola forma de escribirse."""

from __future__ import annotations

import base64
import struct
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from motor_de_prueba import CONTROL, git, nuevo_repositorio

from sgc_gt.consultas.firmas import firma_de, firmantes_permitidos
from sgc_gt.dominio.clave_ssh import (
    LLAVE_ECDSA,
    LLAVE_ED25519,
    Clave,
    MalFormada,
    con_largo,
    huella_de,
    leer_clave,
    normal,
)
from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.ficha import Movimiento
from sgc_gt.dominio.organizacion import Persona
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.sshsig import (
    ORDEN,
    FirmaSsh,
    escribir_firma,
    firmado,
    leer_firma,
    normalizar,
    par,
)
from sgc_gt.errores import IntegridadRota, NoEncontrado, ProgramaAusente
from sgc_gt.repositorio import firmar as modulo_firmar
from sgc_gt.repositorio.comprobar_firma import vale
from sgc_gt.repositorio.firmar import SinFirma, clave_publica, firmar
from sgc_gt.repositorio.objetos import armar_commit, leer_commit, oid_de
from sgc_gt.repositorio.valores import Cambio, Commit

MENSAJE = b"tree 1\n\nun movimiento\n"
TIPOS = {"ed25519": (), "ecdsa": ("-b", "256"), "rsa": ("-b", "2048")}

pytestmark = pytest.mark.ssh


def nueva_llave(carpeta: Path, tipo: str = "ed25519", *mas: str, nombre: str = "") -> Path:
    archivo = carpeta / (nombre or f"id_{tipo}")
    orden = ["ssh-keygen", "-q", "-t", tipo, *mas, "-N", "", "-C", "prueba", "-f", str(archivo)]
    subprocess.run(orden, check=True)
    return archivo


@pytest.fixture(scope="module")
def llaves(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    carpeta = tmp_path_factory.mktemp("llaves")
    hechas = {tipo: nueva_llave(carpeta, tipo, *mas) for tipo, mas in TIPOS.items()}
    return {**hechas, "otra": nueva_llave(carpeta, nombre="otra")}


def publica(llave: Path) -> str:
    return normal(llave.with_name(llave.name + ".pub").read_text())


def acepta_ssh_keygen(carpeta: Path, clave: str, firma: bytes, mensaje: bytes = MENSAJE) -> bool:
    """Lo que dice OpenSSH de la misma firma."""
    (carpeta / "firmantes").write_text(f"quien@x {clave}\n")
    (carpeta / "firma").write_bytes(firma + b"\n")
    orden = ["ssh-keygen", "-Y", "verify", "-n", "git", "-I", "quien@x", "-f", "firmantes", "-s", "firma"]
    return subprocess.run(orden, cwd=carpeta, input=mensaje, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("tipo", TIPOS)
def test_lo_que_firma_ssh_keygen_se_comprueba(tipo: str, llaves: dict[str, Path], tmp_path: Path) -> None:
    hecha = firmar(str(llaves[tipo]), tmp_path, MENSAJE)
    firma = leer_firma(hecha)
    assert (
        huella_de(firma.clave)
        in subprocess.run(
            ["ssh-keygen", "-l", "-f", str(llaves[tipo])], capture_output=True, text=True, check=True
        ).stdout
    )
    assert vale(firma, MENSAJE)
    assert not vale(firma, MENSAJE + b"x")
    assert acepta_ssh_keygen(tmp_path, publica(llaves[tipo]), hecha)  # la forma única sigue siendo de OpenSSH


@given(
    st.sampled_from(["ed25519", "ecdsa"]), st.integers(min_value=0), st.integers(min_value=1, max_value=255)
)
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_ningun_byte_cambiado_vale(llaves: dict[str, Path], tipo: str, donde: int, con: int) -> None:
    """Ni la clave, ni el espacio, ni el algoritmo, ni el valor: cualquier byte de la firma cuenta."""
    buena = _hecha(llaves[tipo])
    datos = bytearray(b"".join(buena.split(b"\n")[1:-1]))
    crudo = bytearray(base64.b64decode(bytes(datos)))
    crudo[donde % len(crudo)] ^= con
    escrito = base64.b64encode(bytes(crudo))
    renglones = [escrito[i : i + 70] for i in range(0, len(escrito), 70)]
    otra = b"\n".join([buena.split(b"\n")[0], *renglones, buena.split(b"\n")[-1]])
    try:
        firma = leer_firma(otra)
    except MalFormada:
        return
    original = leer_firma(buena)
    assert firma.clave != original.clave or firma.espacio != "git" or not vale(firma, MENSAJE)


_HECHAS: dict[Path, bytes] = {}


def _hecha(llave: Path) -> bytes:
    if llave not in _HECHAS:
        _HECHAS[llave] = firmar(str(llave), llave.parent, MENSAJE)
    return _HECHAS[llave]


@pytest.mark.parametrize(
    "retoque",
    [
        lambda f: f.replace(b"\n", b"\n\n", 1),
        lambda f: f + b"\n",
        lambda f: b"\n".join([f.split(b"\n")[0], b"".join(f.split(b"\n")[1:-1]), f.split(b"\n")[-1]]),
        lambda f: f.replace(b"\n", b"\r\n"),
        lambda f: f.replace(b"\n-----END", b"=\n-----END"),
        lambda f: f.replace(b"-----BEGIN SSH", b" -----BEGIN SSH"),
    ],
    ids=["renglon_vacio", "salto_final", "un_solo_renglon", "crlf", "relleno", "espacio"],
)
def test_la_misma_firma_escrita_de_otro_modo_no_se_acepta(
    retoque: Callable[[bytes], bytes], llaves: dict[str, Path]
) -> None:
    buena = _hecha(llaves["ed25519"])
    assert vale(leer_firma(buena), MENSAJE)
    with pytest.raises(MalFormada):
        leer_firma(retoque(buena))


def test_de_una_firma_ecdsa_no_se_saca_otra(llaves: dict[str, Path], tmp_path: Path) -> None:
    """(r, n - s) vale para la aritmética y para OpenSSH; aquí se guarda y se acepta solo la menor."""
    buena = leer_firma(firmar(str(llaves["ecdsa"]), tmp_path, MENSAJE))
    r, s = par(buena)
    otro = ORDEN[b"nistp256"] - s
    ancho = [n.to_bytes(n.bit_length() // 8 + 1, "big") for n in (r, otro)]
    gemela = escribir_firma(buena._replace(valor=b"".join(map(con_largo, ancho))))
    assert acepta_ssh_keygen(tmp_path, publica(llaves["ecdsa"]), gemela)
    with pytest.raises(MalFormada, match="otra firma"):
        leer_firma(gemela)
    assert leer_firma(normalizar(gemela)) == buena


@pytest.mark.parametrize("tipo", [LLAVE_ED25519, LLAVE_ECDSA])
def test_una_llave_fisica(tipo: str, tmp_path: Path) -> None:
    """Firmada como la firma un dispositivo: con la aplicación, la seña de que alguien tocó y su contador."""
    if tipo == LLAVE_ED25519:
        ed = ed25519.Ed25519PrivateKey.generate()
        partes = [ed.public_key().public_bytes_raw()]
        hacer = ed.sign
    else:
        secreta = ec.generate_private_key(ec.SECP256R1())
        punto = secreta.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        partes = [b"nistp256", punto]

        def hacer(datos: bytes) -> bytes:
            numeros = decode_dss_signature(secreta.sign(datos, ec.ECDSA(hashes.SHA256())))
            return b"".join(con_largo(n.to_bytes(n.bit_length() // 8 + 1, "big")) for n in numeros)

    cuerpo = b"".join(map(con_largo, [tipo.encode(), *partes, b"ssh:"]))
    texto = f"{tipo} {base64.b64encode(cuerpo).decode()}"
    assert leer_clave(texto) == cuerpo

    def con_sena(sena: int) -> bytes:
        cola = struct.pack(">BL", sena, 7)
        vacia = FirmaSsh(cuerpo, "git", "sha512", tipo, b"", cola)
        sobre = sha256(b"ssh:").digest() + cola + sha256(firmado(vacia, MENSAJE)).digest()
        return normalizar(escribir_firma(vacia._replace(valor=hacer(sobre))))

    assert vale(leer_firma(con_sena(1)), MENSAJE)
    assert acepta_ssh_keygen(tmp_path, texto, con_sena(1))
    assert not vale(leer_firma(con_sena(1)), MENSAJE + b"x")
    assert not vale(leer_firma(con_sena(0)), MENSAJE)  # nadie la tocó


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("ssh-dss AAAA", "estos tipos"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI", "mal copiada"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5ñ", "mal copiada"),
        ("ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAAAAQI=", "no es el de ese tipo"),
    ],
)
def test_una_clave_que_no_sirve(texto: str, dice: str) -> None:
    with pytest.raises(MalFormada, match=dice):
        leer_clave(texto)


def test_una_clave_rsa_corta(tmp_path: Path) -> None:
    corta = publica(nueva_llave(tmp_path, "rsa", "-b", "1024"))
    with pytest.raises(MalFormada, match="2048"):
        leer_clave(corta)


class TestEnElEslabon:
    """La firma dentro de los bytes de la historia."""

    @pytest.fixture
    def escrito(self, llaves: dict[str, Path], tmp_path: Path) -> bytes:
        return _eslabon(llaves["ed25519"], tmp_path)

    def test_git_la_acepta_con_los_firmantes_exportados(
        self, escrito: bytes, llaves: dict[str, Path], tmp_path: Path
    ) -> None:
        raiz = tmp_path / "sgc"
        nuevo_repositorio(raiz)
        oid = git(
            raiz, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", entrada=escrito
        ).strip()
        archivo = tmp_path / "firmantes"
        archivo.write_text(firmantes_permitidos(_servicio(_clave(llaves["ed25519"]))))
        opcion = f"gpg.ssh.allowedSignersFile={archivo}"
        git(raiz, "-c", opcion, "verify-commit", oid)
        quien = git(raiz, "-c", opcion, "log", "-1", "--format=%G? %GS %GK", oid).split()
        assert quien == ["G", CONTROL.correo, _clave(llaves["ed25519"]).huella]

    @pytest.mark.parametrize(
        "retoque",
        [
            lambda d: d.replace(b"\ngpgsig ", b"\ngpgsig-sha256 x\ngpgsig ", 1),
            lambda d: d.replace(b"\n\n", b"\ngpgsig-sha256 x\n\n", 1),
            lambda d: d.replace(b"\n\n", b"\nencoding UTF-8\n\n", 1),
            lambda d: d.replace(b"\n\n", b"\n" + d[d.find(b"gpgsig ") : d.find(b"\n\n")] + b"\n\n", 1),
        ],
        ids=["sha256_antes", "sha256_despues", "otra_cabecera", "dos_firmas"],
    )
    def test_ninguna_cabecera_de_mas(self, retoque: Callable[[bytes], bytes], escrito: bytes) -> None:
        alterado = retoque(escrito)
        assert alterado != escrito
        with pytest.raises(IntegridadRota, match="mal formado"):
            leer_commit(oid_de("commit", alterado), alterado)

    def test_lo_firmado_son_los_bytes_sin_la_firma(self, escrito: bytes, llaves: dict[str, Path]) -> None:
        commit = leer_commit(oid_de("commit", escrito), escrito)
        assert b"gpgsig" not in commit.firmado
        assert _juzgar(commit, llaves["ed25519"]) == ""

    @pytest.mark.parametrize(
        ("retoque", "dice"),
        [
            (lambda c, _: c._replace(firma=None), "la firma no está"),
            (lambda c, otro: c._replace(firma=otro.firma), "no es de estos bytes"),
            (lambda c, _: c._replace(firma=c.firma.replace(b"\n", b"\n\n", 1)), "de otra forma"),
            (lambda c, _: c._replace(registra=c.registra._replace(correo="otra@x.cl")), "no lo atribuye"),
        ],
        ids=["quitada", "copiada", "reescrita", "otra_persona"],
    )
    def test_lo_que_no_vale(
        self, retoque: Callable[[Commit, Commit], Commit], dice: str, llaves: dict[str, Path], tmp_path: Path
    ) -> None:
        uno, otro = (
            leer_commit(oid_de("commit", d), d)
            for d in (_eslabon(llaves["ed25519"], tmp_path, m) for m in ("uno\n", "otro\n"))
        )
        assert dice in _juzgar(retoque(uno, otro), llaves["ed25519"])

    def test_otra_clave(self, escrito: bytes, llaves: dict[str, Path]) -> None:
        commit = leer_commit(oid_de("commit", escrito), escrito)
        assert "es de otra clave" in _juzgar(commit, llaves["otra"])
        de_otra = _clave(llaves["otra"])
        m = _movimiento(_clave(llaves["ed25519"]).huella)
        assert "no era de" in firma_de(commit, m, _servicio(de_otra)).razon

    @pytest.mark.parametrize("equipo", ["UTC", "Asia/Tokyo", "America/New_York"])
    @pytest.mark.parametrize(
        ("instante", "rige"),
        [
            (datetime(2026, 1, 1, 2, 59, 59, tzinfo=UTC), True),  # 23:59:59 del 31-12 en Santiago
            (datetime(2026, 1, 1, 3, 0, 0, tzinfo=UTC), False),
            (
                datetime(2026, 1, 1, 11, 59, tzinfo=timezone(timedelta(hours=9))),
                True,
            ),  # el mismo día, en Tokio
        ],
    )
    def test_el_vencimiento_es_el_del_servicio(
        self,
        equipo: str,
        instante: datetime,
        rige: bool,
        llaves: dict[str, Path],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Hasta el 31-12-2025 en Santiago, esté donde esté quien comprueba; y git dice lo mismo."""
        monkeypatch.setenv("TZ", equipo)
        clave = _clave(llaves["ed25519"])._replace(hasta=date(2025, 12, 31))
        datos = _eslabon(llaves["ed25519"], tmp_path, instante=instante)
        commit = leer_commit(oid_de("commit", datos), datos)
        assert (firma_de(commit, _movimiento(clave.huella), _servicio(clave)).razon == "") == rige
        raiz = tmp_path / "git"
        git(tmp_path, "init", "-q", str(raiz))
        (tmp_path / "firmantes").write_text(firmantes_permitidos(_servicio(clave)))
        oid = git(raiz, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", entrada=datos).strip()
        opcion = f"gpg.ssh.allowedSignersFile={tmp_path / 'firmantes'}"
        assert (git(raiz, "-c", opcion, "log", "-1", "--format=%G?", oid).strip() == "G") == rige


class TestFirmar:
    """Lo que falta se dice en una oración, y nada queda a medias."""

    def test_la_clave_puede_ser_el_texto_mismo_si_el_agente_la_tiene(
        self, llaves: dict[str, Path], tmp_path: Path
    ) -> None:
        texto = publica(llaves["ed25519"])
        assert clave_publica(f"key::{texto}", tmp_path) == texto
        assert clave_publica(str(llaves["ed25519"]), tmp_path).startswith(texto)
        assert clave_publica(f"{llaves['ed25519']}.pub", tmp_path).startswith(texto)
        with pytest.raises(SinFirma, match="no se pudo firmar"):  # aquí no hay agente
            firmar(texto, tmp_path, MENSAJE)

    def test_con_agente(
        self, llaves: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dicho = subprocess.run(["ssh-agent", "-s"], capture_output=True, text=True, check=True).stdout
        for par_ in dicho.split(";"):
            clave, igual, valor = par_.strip().partition("=")
            if igual and clave.startswith("SSH_"):
                monkeypatch.setenv(clave, valor)
        try:
            subprocess.run(["ssh-add", "-q", str(llaves["ed25519"])], check=True)
            hecha = firmar(publica(llaves["ed25519"]), tmp_path, MENSAJE)
        finally:
            subprocess.run(["ssh-agent", "-k"], capture_output=True, check=True)
        assert vale(leer_firma(hecha), MENSAJE)

    def test_con_frase_de_paso_y_sin_quien_la_escriba(self, tmp_path: Path) -> None:
        archivo = tmp_path / "cifrada"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "secreta", "-f", str(archivo)], check=True)
        with pytest.raises(SinFirma) as negada:
            firmar(str(archivo), tmp_path, MENSAJE)
        assert "ssh-add" in negada.value.hacer

    def test_un_archivo_que_no_esta(self, tmp_path: Path) -> None:
        with pytest.raises(NoEncontrado, match="no se encuentra la clave"):
            clave_publica("no-esta", tmp_path)

    def test_sin_el_programa(
        self, llaves: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(modulo_firmar.shutil, "which", lambda *_, **__: None)
        with pytest.raises(ProgramaAusente, match="ssh-keygen"):
            firmar(str(llaves["ed25519"]), tmp_path, MENSAJE)


def _eslabon(
    llave: Path,
    carpeta: Path,
    mensaje: str = "Un acto\n",
    instante: datetime = datetime(2025, 6, 2, 12, tzinfo=UTC),
) -> bytes:
    cambio = Cambio(mensaje, CONTROL, CONTROL, instante, {}, firmar=lambda d: firmar(str(llave), carpeta, d))
    return armar_commit(cambio, "4b825dc642cb6eb9a060e54bf8d69288fbee4904", None)


def _clave(llave: Path) -> Clave:
    return Clave(publica(llave), date(2020, 1, 1))


def _movimiento(huella: str) -> Movimiento:
    correo = CONTROL.correo
    return Movimiento(
        1, "crear", "01", date(2025, 6, 2), "2025-06-02T12:00:00+00:00", correo, "cdoc", correo,
        "por_la_persona", firma=huella,
    )  # fmt: skip


def _servicio(clave: Clave) -> Servicio:
    persona = Persona(CONTROL.correo, "cdoc", date(2020, 1, 1), claves=(clave,))
    return Servicio(
        "Servicio", "S", "ISO 9001:2015", Mascara("{tipo}-{area}-{nn}"), {}, FormatoVersion(), {}, (persona,),
        {}, {}, {}, {},
    )  # fmt: skip


def _juzgar(commit: Commit, llave: Path) -> str:
    clave = _clave(llave)
    return firma_de(commit, _movimiento(clave.huella), _servicio(clave)).razon

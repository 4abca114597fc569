"""Movimientos firmados con la clave SSH de quien los anota: por las órdenes, y comprobados también con git."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from carpetas_conectadas import Conectada
from casa import DOMINIO, Casa, escribir_en_word, texto_de
from firmas_pdf import FIRMANTE, firmar_pdf

from sgc_gt.consultas.firmas import firmantes_permitidos
from sgc_gt.contexto import Vista
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.word.pdf import a_pdf

pytestmark = pytest.mark.ssh


@pytest.fixture(scope="module")
def llaves(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Una clave para control documental, otra para quien aprueba, y una que nadie registró."""
    carpeta = tmp_path_factory.mktemp("llaves")
    for quien in ("cdoc", "dn", "nadie"):
        orden = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", quien, "-f", str(carpeta / quien)]
        subprocess.run(orden, check=True)
    return {a.name: a for a in carpeta.iterdir() if not a.suffix}


def publica(llave: Path) -> str:
    return llave.with_name(f"{llave.name}.pub").read_text().strip()


def huella(llave: Path) -> str:
    dicho = subprocess.run(["ssh-keygen", "-l", "-f", str(llave)], capture_output=True, text=True, check=True)
    return dicho.stdout.split()[1]


def configurar(casa: Casa, motivo: str, *cambios: tuple[str, str]) -> Any:
    editar(casa, *cambios)
    return casa.hace("configurar --motivo", motivo)


def editar(casa: Casa, *cambios: tuple[str, str]) -> None:
    archivo = casa.ruta("sgc.yaml")
    texto = archivo.read_text("utf-8")
    for patron, por in cambios:
        texto, veces = re.subn(patron, por, texto, count=1)
        assert veces == 1, patron
    archivo.write_text(texto, "utf-8")


def con_clave(quien: str, *escritas: str) -> tuple[str, str]:
    """La edición que da esas claves a la persona de un cargo."""
    linea = rf"\{{correo: {quien}@{DOMINIO}, cargo: {quien}, desde: '2020-01-01'(, claves: .*)?\}}"
    nueva = (
        f"{{correo: {quien}@{DOMINIO}, cargo: {quien}, desde: '2020-01-01', claves: [{', '.join(escritas)}]}}"
    )
    return linea, nueva


@pytest.fixture
def firma_con(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Path | str], None]:
    """El git de la persona que está al teclado pasa a firmar con esa clave."""

    def poner(llave: Path | str) -> None:
        (tmp_path / "gitconfig").write_text(
            f'[user]\n\tname = Persona de prueba\n\tsigningkey = "{llave}"\n[gpg]\n\tformat = ssh\n'
        )

    return poner


def verificar_con_git(casa: Casa) -> dict[str, str]:
    """Lo que git, sin este programa, dice de la firma de cada movimiento."""
    archivo = casa.raiz.parent / "firmantes"
    repo = Repositorio.abrir(casa.raiz)
    archivo.write_text(firmantes_permitidos(Vista(repo, repo.cabeza()).servicio))
    filas = casa.git(
        "-c", f"gpg.ssh.allowedSignersFile={archivo}", "log", "--format=%H %G? %GS %ce", "main"
    ).splitlines()
    for fila in filas:
        _, estado, *quienes = fila.split(" ")
        if estado == "G":
            assert quienes[0] == quienes[1], "el principal no es quien lo anotó"
    return {fila.split(" ")[0]: fila.split(" ")[1] for fila in filas}


def test_un_caso_firmado(
    casa: Casa, llaves: dict[str, Path], firma_con: Callable[[Path | str], None], tmp_path: Path
) -> None:
    """Se registra la clave y se exige firmar; la aprobación pide firma electrónica; se repone una clave perdida."""
    # Quien tiene clave en su equipo y no la tiene registrada, sigue igual.
    firma_con(llaves["cdoc"])
    clave, segunda = (f"{{clave: {publica(llaves[q])}}}" for q in ("cdoc", "dn"))
    politica = (
        "circuitos:\n  normal:\n    - {acto: revisar, rol: revisa, distinto_de: [elabora]}\n"
        "    - {acto: aprobar, rol: aprueba, distinto_de: [elabora, revisar], "
        "evidencia: [firma_electronica, pdf_firmado]}\n    - {acto: emitir, rol: control_documental}\n\n"
        "firmas: {exigidas: true}\npersonas:"
    )
    hecho = configurar(
        casa, "Claves y política", con_clave("cdoc", clave), con_clave("dn", segunda), ("personas:", politica)
    )
    assert casa.hace("historial SISTEMA")[-1]["firma"] == ""

    # Desde ahí, lo que cdoc anota va firmado, y git lo comprueba solo.
    abierta = casa.orden("nueva-version PR-FOM-01 --motivo Cambio", json=False)
    assert f"Firmado con {huella(llaves['cdoc'])}" in abierta.texto
    firmada = casa.hace("historial PR-FOM-01")[-1]
    assert firmada["firma"] == huella(llaves["cdoc"])
    segun_git = verificar_con_git(casa)
    assert (segun_git[firmada["commit"]], segun_git[hecho["commit"]]) == ("G", "N")

    # Quien tiene clave no anota con otra, ni sin ella, ni si no la encuentra o no la puede usar.
    firma_con(llaves["nadie"])
    casa.negada("externo verificar EX-01", dice="no es la registrada")
    firma_con("")
    casa.negada("externo verificar EX-01", dice="viene sin firma")
    firma_con("/no/esta")
    casa.negada("externo verificar EX-01", codigo=2, dice="no se encuentra la clave")
    (tmp_path / "solo.pub").write_text(publica(llaves["cdoc"]))
    firma_con(tmp_path / "solo.pub")  # sin su parte privada, ni agente que la tenga
    casa.negada("externo verificar EX-01", dice="no se pudo firmar con su clave")

    # La aprobación pide firma electrónica o PDF firmado; quien no tiene clave hace lo suyo sin ella.
    firma_con("")
    casa.editar("PR-FOM-01", "Un párrafo nuevo.")
    casa.hace("entregar PR-FOM-01", de="cr1")
    casa.hasta("PR-FOM-01", "revisar")
    firma_con(llaves["dn"])
    assert f"Firmado con {huella(llaves['dn'])}" in casa.dice("aprobar PR-FOM-01", de="dn")

    # Perdida, se repone por configurar, que es lo único que se admite sin ella; la que firmó no se borra.
    firma_con("")
    sin_firma_no_cambia(casa, segunda, f"{{clave: {publica(llaves['nadie'])}}}")
    retirada = f"{{clave: {publica(llaves['cdoc'])}, hasta: '2025-03-09'}}"
    nueva = f"{{clave: {publica(llaves['nadie'])}, desde: '2025-03-10'}}"
    editar(casa, con_clave("cdoc", nueva))
    borrada = casa.orden("configurar --motivo Reposición").valor["error"]
    assert "firmó movimientos" in json.dumps(borrada, ensure_ascii=False)
    configurar(casa, "Reposición", con_clave("cdoc", retirada, nueva))
    assert casa.hace("historial SISTEMA")[-1]["firma"] == ""
    firma_con(llaves["cdoc"])
    casa.negada("emitir PR-FOM-01", dice="no es la registrada")
    firma_con(llaves["nadie"])
    casa.hace("emitir PR-FOM-01")
    assert casa.hace("historial PR-FOM-01")[-1]["firma"] == huella(llaves["nadie"])
    impreso = texto_de(casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v02.docx"))
    assert "Director/a Nacional Titular Firma electrónica simple en el sistema, movimiento N° " in impreso
    assert "Encargado/a del Sistema Gestión Territorial Titular Registrado en el sistema" in impreso
    casa.adulterada = True
    se_nota_lo_que_cambio_sin_firma(casa)


def test_exigir_firmas_sin_tener_con_que_firmar_no_dice_que_no_se_hizo(
    demo: Casa, llaves: dict[str, Path], firma_con: Callable[[Path | str], None]
) -> None:
    """La configuración queda, y que el procedimiento espere una firma se avisa: no es un rechazo."""
    firma_con("")
    demo.reloj.dia("2026-01-05")
    clave = con_clave("cdoc", f"{{clave: {publica(llaves['cdoc'])}}}")
    hecho = configurar(demo, "Exigir", clave, ("personas:", "firmas: {exigidas: true}\npersonas:"))
    [aviso] = hecho["avisos"]
    assert "no se abrió su versión siguiente" in aviso
    assert "viene sin firma" in aviso
    assert demo.hace("historial SISTEMA")[-1]["acto"] == "configurar"


def sin_firma_no_cambia(casa: Casa, segunda: str, otra: str) -> None:
    """Ni la clave de la jefatura ni la exigencia se cambian escribiendo el correo de control documental."""
    escrito = casa.ruta("sgc.yaml").read_text("utf-8")
    for intento in (con_clave("dn", segunda, otra), ("exigidas: true", "exigidas: false")):
        editar(casa, intento)
        casa.negada("configurar --motivo x", dice="solo se registran las claves propias")
        casa.ruta("sgc.yaml").write_text(escrito, "utf-8")


def se_nota_lo_que_cambio_sin_firma(casa: Casa) -> None:
    """`verificar` nombra cada cambio de claves sin firma; y lo que se hizo pasando por alto la guarda."""
    informe = casa.verificar()
    assert informe["ok"]
    avisos = [a["mensaje"] for a in informe["avisos"]]
    assert [("cdoc@" in m, "dn@" in m) for m in avisos] == [(True, True), (True, False)], avisos
    assert "el papel que lo autorizó" in casa.dice("verificar")
    casa.git("reset", "-q", "--hard", "main~1")
    editar(casa, ("exigidas: true", "exigidas: false"))
    mentir(casa)
    assert "y cambia otra cosa" in casa.verificar()["alertas"][0]["mensaje"]


def mentir(casa: Casa) -> None:
    """Rehace el último movimiento, la reposición de una clave, con la configuración que hay en la carpeta."""
    nueva = hashlib.sha256(casa.ruta("sgc.yaml").read_bytes()).hexdigest()
    ficha = casa.ruta("registros/sistema.json")
    datos = json.loads(ficha.read_text("utf-8"))
    datos["actos"][-1]["extra"]["archivos"]["sgc.yaml"] = nueva
    ficha.write_text(json.dumps(datos, ensure_ascii=False, sort_keys=True, indent=2) + "\n", "utf-8")
    casa.git("add", "-A")
    hora = casa.git("log", "-1", "--format=%cI").strip()
    quien = casa.git("log", "-1", "--format=%cn").strip()
    ambiente = {"GIT_COMMITTER_NAME": quien, "GIT_COMMITTER_DATE": hora, "GIT_AUTHOR_DATE": hora}
    orden = ["-c", "commit.gpgsign=false", "commit", "-q", "--amend", "--no-edit", "--no-verify"]
    casa.git(*orden, ambiente={**os.environ, **ambiente})


@pytest.mark.libreoffice
def test_un_pdf_firmado_es_el_documento_o_se_dice(casa: Casa, tmp_path: Path) -> None:
    """El PDF de preparar-firma, firmado, aprueba; con una palabra más se niega, salvo que se diga por qué."""
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.editar("PR-FOM-01", "El plazo es de diez días hábiles.")
    casa.hace("entregar PR-FOM-01", de="cr1")
    casa.hasta("PR-FOM-01", "revisar")
    [listo] = casa.hace("preparar-firma PR-FOM-01 -o", str(tmp_path))["archivos"]
    bueno = firmar_pdf((tmp_path / Path(listo).name).read_bytes(), tmp_path)
    orden = "--como dn@senopl.example aprobar PR-FOM-01 --adjunto"

    roto = bueno.replace(b"/Title", b"/Tytle", 1)
    assert roto != bueno
    casa.negada(orden, casa.adjunto("firmado.pdf", roto), dice="cambió después de firmado")

    otro = tmp_path / "otro.docx"
    otro.write_bytes(casa.ruta("documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v02.docx").read_bytes())
    otro.chmod(0o644)
    escribir_en_word(otro, "El plazo no corre en febrero.")
    distinto = casa.adjunto("distinto.pdf", firmar_pdf(a_pdf(otro.read_bytes(), "otro.docx"), tmp_path))
    negada = casa.negada(orden, distinto, dice="no dice lo mismo que el documento")
    assert any("corre en febrero" in p["mensaje"] for p in negada["problemas"]), negada

    copia = casa.copia(tmp_path / "otra")
    copia.hace(f"{orden} {distinto} --motivo 'La Jefatura firmó la versión impresa'")
    [nota] = copia.hace("historial PR-FOM-01")[-1]["extra"]["pdf"]
    assert nota["texto"] == "distinto"
    assert any("corre en febrero" in trozo for trozo in nota["sobran"])
    assert copia.verificar()["ok"]

    [r] = casa.hace(orden, casa.adjunto("firmado.pdf", bueno))
    assert "su texto es el del documento" in r["avisos"][0], r
    [nota] = casa.hace("historial PR-FOM-01")[-1]["extra"]["pdf"]
    [firma] = nota["firmas"]
    assert (nota["texto"], firma["quien"], firma["integra"], firma["cubre_todo"]) == (
        "igual",
        FIRMANTE,
        True,
        True,
    )


def test_la_vigilancia_firma_lo_que_recibe_o_no_comienza(
    casa: Casa, llaves: dict[str, Path], firma_con: Callable[[Path | str], None], tmp_path: Path
) -> None:
    """Que la clave esté bloqueada se sabe al comenzar, no en el archivo de quien guardó."""
    editar(casa, con_clave("cdoc", f"{{clave: {publica(llaves['cdoc'])}}}"))
    conectada = Conectada(casa)  # registra la configuración
    (tmp_path / "solo.pub").write_text(publica(llaves["cdoc"]))
    firma_con(tmp_path / "solo.pub")
    casa.negada("vigilar --una-vez", dice="no se pudo firmar con su clave")
    firma_con(llaves["cdoc"])
    conectada.escribir(conectada.abrir())
    assert conectada.sucesos() == ["recibido"]
    recibido = conectada.ultimo()
    assert (recibido["origen"], recibido["firma"]) == ("declarado", huella(llaves["cdoc"]))


def test_una_firma_tocada_se_nota(
    casa: Casa, llaves: dict[str, Path], firma_con: Callable[[Path | str], None]
) -> None:
    """Quien reescribe el último movimiento, o solo su firma, queda a la vista."""
    firma_con(llaves["cdoc"])
    configurar(casa, "Claves", con_clave("cdoc", f"{{clave: {publica(llaves['cdoc'])}}}"))
    casa.hace("externo verificar EX-01")
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.adulterada = True
    bueno, anterior = (_eslabon(casa, punto) for punto in ("main", "main~1"))
    firma, ajena = (
        re.search(rb"gpgsig (?:.+\n)+? -----END SSH SIGNATURE-----\n", c) for c in (bueno, anterior)
    )
    assert firma
    assert ajena
    adulteraciones = {
        "la firma no está": bueno.replace(firma.group(), b""),
        "se copió o se cambió algo": bueno.replace(firma.group(), ajena.group()),
        "de otra forma que la que la hizo": bueno.replace(b"SIGNATURE-----\n ", b"SIGNATURE-----\n \n ", 1),
        "mal formado": bueno.replace(b"\ngpgsig ", b"\ngpgsig-sha256 x\ngpgsig ", 1),
        "lo atribuye a egt": bueno.replace(b" <cdoc@", b" <egt@", 1),
    }
    for dice, alterado in adulteraciones.items():
        assert alterado != bueno, dice
        casa.git("update-ref", "refs/heads/main", _poner(casa, alterado))
        [alerta, *_] = casa.verificar()["alertas"]
        assert dice in alerta["mensaje"], alerta
        if "firma no está" in dice:
            fila = casa.hace("historial PR-FOM-01")[-1]
            assert (fila["firma"], fila["firma_comprobada"]) == (
                huella(llaves["cdoc"]),
                "la firma no vale: la ficha dice que va firmado y la firma no está",
            )
            assert "la firma no vale" in casa.dice("historial PR-FOM-01")
    casa.git("update-ref", "refs/heads/main", _poner(casa, bueno))
    assert casa.verificar()["firmados"] == 2
    assert "2 van firmados con la clave de quien los anotó, y todas las firmas valen." in casa.dice(
        "verificar"
    )
    assert casa.hace("historial PR-FOM-01")[-1]["firma_comprobada"] == "firmado"


def _eslabon(casa: Casa, punto: str) -> bytes:
    return casa.git("cat-file", "commit", punto).encode()


def _poner(casa: Casa, eslabon: bytes) -> str:
    return casa.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", entrada=eslabon).strip()

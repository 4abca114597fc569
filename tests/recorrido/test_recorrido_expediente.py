"""`expediente` por la línea de comandos: la página dice lo que la historia dice, se basta sola y cualquiera la lee."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from casa import DOMINIO, Casa, Reloj
from lxml import etree, html
from navegador import auditar

FILA = "//section[@aria-labelledby='historia']//tbody/tr"


class Pagina(NamedTuple):
    """Una página escrita y lo que la orden respondió."""

    valor: dict[str, Any]
    crudo: str
    arbol: etree._Element

    def texto(self, seccion: str = "") -> str:
        """El texto de una sección, o de la página entera, en una línea."""
        raiz = self.arbol.xpath(f"//section[@aria-labelledby='{seccion}']")[0] if seccion else self.arbol
        return " ".join(raiz.text_content().split())

    def archivos(self) -> dict[str, bytes]:
        """Nombre → bytes de lo que la página entrega."""
        enlaces = self.arbol.xpath("//a[@download]")
        return {a.get("download"): base64.b64decode(a.get("href").partition(",")[2]) for a in enlaces}


def escrita(casa: Casa, carpeta: Path, linea: str) -> Pagina:
    valor = casa.hace(f"expediente {linea} -o", str(carpeta / "expediente.html"))
    crudo = Path(valor["archivo"]).read_text("utf-8")
    return Pagina(valor, crudo, html.fromstring(crudo))


@pytest.fixture
def el_anio(anio: Path, reloj: Reloj) -> Casa:
    """El año de demostración, sin copiar: estas pruebas solo miran."""
    return Casa(anio, reloj)


def test_cada_hecho_de_la_pagina_es_el_del_historial(el_anio: Casa, tmp_path: Path) -> None:
    todas = el_anio.hace("historial")
    for codigo in sorted({f["codigo"] for f in todas} - {"SISTEMA"}):
        pagina = escrita(el_anio, tmp_path, codigo)
        filas = el_anio.hace(f"historial {codigo}")

        mostradas = [" ".join(fila.text_content().split()) for fila in pagina.arbol.xpath(FILA)]
        assert len(mostradas) == len(filas) == pagina.valor["movimientos"]
        for mostrada, fila in zip(mostradas, filas, strict=True):
            anio, mes, dia = fila["fecha"].split("-")
            dichos = [
                f"{dia}-{mes}-{anio}",
                fila["version"],
                fila["commit"],
                fila["motivo"],
                fila["base_calidad"],
            ]
            dichos += [fila["correo"]] if fila["cargo"] != "sistema" else []
            dichos += [e["numero"] for e in fila["evidencia"] if "numero" in e]
            assert all(d in mostrada for d in dichos), (codigo, mostrada, dichos)

        resumenes = {hashlib.sha256(datos).hexdigest() for datos in pagina.archivos().values()}
        fundan = {f["base_calidad"] for f in filas if f["base_calidad"]}
        subrogancias = [f for f in todas if f["acto"] == "subrogar" and f["extra"]["base"] in fundan]
        con_papel = [*filas, *subrogancias]
        adjuntos = {e["sha256"] for f in con_papel for e in f["evidencia"] if e.get("sha256")}
        vigente = [f["sha256"] for f in filas if f["acto"] in {"emitir", "registrar", "resolver"}][-1]
        assert resumenes == (adjuntos | {vigente}) - {""}, codigo  # un registro puede vivir en otra parte
        assert all(r in pagina.texto() for r in resumenes)
        bien_formada(pagina)


def bien_formada(pagina: Pagina) -> None:
    """Se basta sola, no ejecuta nada, sus títulos no saltan niveles y ninguna seña se repite."""
    assert not pagina.arbol.xpath("//script|//link|//iframe|//object|//embed|//@*[starts-with(name(), 'on')]")
    assert all(d.startswith(("#", "data:")) for d in pagina.arbol.xpath("//@href|//@src"))
    assert "url(" not in pagina.crudo
    niveles = [int(t.tag[1]) for t in pagina.arbol.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert niveles[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(niveles)), niveles
    senas = pagina.arbol.xpath("//@id")
    assert len(senas) == len(set(senas))
    assert {a.lstrip("#") for a in pagina.arbol.xpath("//a[not(@download)]/@href")} <= set(senas)


def test_la_cabeza_dice_si_la_historia_se_comprobo(el_anio: Casa, tmp_path: Path) -> None:
    sin = escrita(el_anio, tmp_path, "FO-GT-06")
    orden = f"sgc-gt verificar --ancla {sin.valor['ancla']}"
    cabeza = " ".join(sin.arbol.xpath("//header")[0].text_content().split())
    assert "no se comprobó al hacer esta página" in cabeza
    assert orden in cabeza
    con = escrita(el_anio, tmp_path, "FO-GT-06 --verificar")
    dicho = con.valor["historia"]["resultado"]
    assert (
        dicho == f"historia repetida completa: {sin.valor['ancla'].partition('-')[0]} movimientos, correcta"
    )
    assert dicho in con.arbol.xpath("//header")[0].text_content()


def test_un_caso_se_sigue_de_arriba_abajo(el_anio: Casa, tmp_path: Path) -> None:
    pagina = escrita(el_anio, tmp_path, "pr-fom-03 --fecha 2024-12-31")

    assert "Rige la versión 02 desde el 02-05-2024." in pagina.texto()
    aprobo = "Aprobó: Director/a Nacional (S), el 22-04-2024, según Resolución Exenta N° 210, por resolución exenta N° 214"
    assert aprobo in pagina.texto("quienes")
    assert "registrado con respaldo por Profesional de Control Documental" in pagina.texto("quienes")
    assert "; movimiento 14 del sistema" in pagina.texto("evidencia")
    assert "014-res-ex-210.pdf" in pagina.archivos()
    assert "se recibe por radio y en papel. desde la versión 02" in pagina.texto("documento")
    assert pagina.arbol.xpath("//img[starts-with(@src, 'data:image/png')]")
    cambios = pagina.arbol.xpath("//*[@class='comparacion']//ins")
    assert any("localidades sin señal" in c.text_content() for c in cambios)
    assert "RG-GT-06 Informe de terreno" in pagina.texto("registros")
    assert "sgc-gt verificar" in pagina.texto("comprobar")
    assert pagina.valor["ancla"] in pagina.texto("comprobar")

    registro = escrita(el_anio, tmp_path, "RG-GT-05/2024/001")
    assert "Retención 5 años" in " ".join(registro.arbol.xpath("//dl")[0].itertext()).replace("\n", " ")


def test_la_misma_historia_y_la_misma_fecha_dan_los_mismos_bytes(el_anio: Casa, tmp_path: Path) -> None:
    una = escrita(el_anio, tmp_path, "PL-GT-01 --fecha 2024-12-31")
    otra = escrita(el_anio, tmp_path, "PL-GT-01 --fecha 31-12-2024")

    assert una.crudo == otra.crudo
    assert una.valor["sha256"] == hashlib.sha256(una.crudo.encode()).hexdigest()


def test_en_una_fecha_pasada_muestra_lo_que_habia_y_lo_marca_por_lo_que_es(
    el_anio: Casa, tmp_path: Path
) -> None:
    regia = escrita(el_anio, tmp_path, "PR-FOM-03 --fecha 2024-04-25")
    assert "Rige la versión 01" in regia.valor["estado"]
    assert "La versión 02 regirá desde el 02-05-2024." in regia.valor["estado"]
    assert "PR-FOM-03_v01_OBSOLETO.docx" in regia.archivos()
    assert "copia marcada" in regia.texto("documento")
    assert len(regia.arbol.xpath(FILA)) == 13

    devuelto = escrita(el_anio, tmp_path, "PL-GT-01 --fecha 2024-03-16")
    assert devuelto.valor["estado"] == "Nunca ha regido: la versión 01 está en borrador."
    assert "PL-GT-01_v01_BORRADOR.docx" in devuelto.archivos()
    assert "Devolvió con observaciones" in devuelto.texto("quienes")
    assert "Observación" in devuelto.texto("versiones")
    corregido = escrita(el_anio, tmp_path, "PL-GT-01").texto("versiones")
    assert "sgc-gt comparar PL-GT-01 01-b1 01-b2" in corregido
    assert "respaldo que se acepta: firma en el documento, PDF firmado o resolución exenta" in corregido


def test_lo_que_no_se_puede_pedir_se_niega(el_anio: Casa, tmp_path: Path) -> None:
    el_anio.negada("expediente PR-GT-99", codigo=2, dice="PR-GT-01")
    el_anio.negada("expediente PL-GT-01 --fecha 2020-01-01", codigo=2, dice="no existía el 01-01-2020")
    dentro = str(el_anio.raiz / "documentos" / "expediente.html")
    el_anio.negada("expediente PL-GT-01 -o", dentro, codigo=2, dice="fuera de la carpeta del servicio")


def test_los_adjuntos_que_no_caben_se_nombran_y_los_que_faltan_se_dicen(demo: Casa, tmp_path: Path) -> None:
    sin = escrita(demo, tmp_path, "PL-GT-01 --adjuntos 0")
    assert sin.valor["adjuntos"] == {"incluido": 0, "no_cabe": 7, "falta": 0, "alterado": 0, "retirado": 0}
    assert "no va dentro de esta página" in sin.texto("evidencia")

    evidencias = demo.ruta("documentos/GT/PL-GT-01/evidencias")
    primera, segunda, *_ = sorted(evidencias.iterdir())
    demo.adulterada = True
    for archivo in (primera, segunda):
        archivo.chmod(0o644)
    primera.unlink()
    segunda.write_bytes(b"otra cosa")
    rota = escrita(demo, tmp_path, "PL-GT-01")
    assert rota.valor["adjuntos"] == {"incluido": 5, "no_cabe": 0, "falta": 1, "alterado": 1, "retirado": 0}
    assert f"{primera.name}: falta" in rota.texto("evidencia")
    assert f"{segunda.name}: alterado" in rota.texto("evidencia")
    assert f"{segunda.name}: no es el que se registró" in demo.dice("expediente PL-GT-01 -o", str(tmp_path))
    assert segunda.name not in rota.archivos()


def test_lo_que_alguien_escribio_es_texto_y_nada_mas(casa: Casa, tmp_path: Path) -> None:
    malo = '<script>alert(1)</script> & "comillas" <img src=x onerror=alert(2)>'
    codigo = casa.hace(
        "crear procedimiento --area FOM --elabora cr1 --revisa egt --aprueba dn --titulo", malo
    )["codigo"]
    casa.hace("descartar", codigo, "--motivo", malo, de="cr1")
    casa.hace("nueva-version PR-FOM-01 --motivo", malo)
    casa.editar("PR-FOM-01", malo)
    casa.hace("entregar PR-FOM-01", de="cr1")
    casa.hace("enviar PR-FOM-01", de="cr1")
    casa.hace("devolver PR-FOM-01 --texto", malo, de="egt")

    for pedido in (codigo, "PR-FOM-01"):
        pagina = escrita(casa, tmp_path, pedido)
        bien_formada(pagina)
        assert pagina.texto().count("<script>alert(1)</script>") >= 2
        assert not pagina.arbol.xpath("//script|//img[@src='x']")
    assert "descartado" in escrita(casa, tmp_path, codigo).valor["estado"]


def test_lo_que_ya_no_rige_se_entrega_marcado_y_dice_por_que(casa: Casa, tmp_path: Path) -> None:
    casa.hace("dejar-sin-efecto PR-FOM-01 --motivo 'El subsidio terminó'", de="dn")
    casa.reloj.dia("2025-03-11")

    pagina = escrita(casa, tmp_path, "PR-FOM-01")

    assert pagina.valor["estado"].startswith("No rige. La versión 01 dejó de regir el ")
    assert "El subsidio terminó" in pagina.valor["estado"]
    assert list(pagina.archivos()) == ["PR-FOM-01_v01_OBSOLETO.docx"]
    assert "Dejó sin efecto: Director/a Nacional" in pagina.texto("quienes")


def test_lo_importado_dice_que_se_aprobo_fuera_y_si_hay_papel(
    importada: Path, reloj: Reloj, tmp_path: Path
) -> None:
    casa = Casa(importada, reloj)
    filas = {f["codigo"]: f for f in casa.hace("estado") if f["aprobacion"]}
    con, sin = (
        next(c for c, f in filas.items() if f["aprobacion"] == a)
        for a in ("fuera_con_respaldo", "fuera_sin_respaldo")
    )

    pagina = escrita(casa, tmp_path, con)
    bien_formada(pagina)
    assert ", aprobado fuera del sistema." in pagina.valor["estado"]
    assert "con su respaldo" in pagina.texto("quienes")
    assert pagina.valor["adjuntos"]["incluido"] >= 1
    assert "el archivo exacto que se registró" in pagina.texto("documento")
    pagina = escrita(casa, tmp_path, sin)
    assert "aprobado fuera del sistema, sin respaldo" in pagina.valor["estado"]
    assert "solo queda la palabra de quien lo trajo" in pagina.texto("quienes")


def test_un_movimiento_firmado_lo_dice_y_una_firma_quitada_se_nota(casa: Casa, tmp_path: Path) -> None:
    llave, configuracion = tmp_path / "llave", casa.ruta("sgc.yaml")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "x", "-f", str(llave)], check=True)
    publica = llave.with_suffix(".pub").read_text().strip()
    (tmp_path / "gitconfig").write_text(
        f"[user]\n\tname = Persona\n\tsigningkey = {llave}\n[gpg]\n\tformat = ssh\n"
    )
    antes = f"{{correo: cdoc@{DOMINIO}, cargo: cdoc, desde: '2020-01-01'"
    con_clave = configuracion.read_text("utf-8").replace(antes, f"{antes}, claves: [{{clave: {publica}}}]")
    configuracion.write_text(con_clave, "utf-8")
    casa.hace("configurar --motivo Claves")
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    clave = casa.hace("historial PR-FOM-01")[-1]["firma"]

    pagina = escrita(casa, tmp_path, "PR-FOM-01")
    assert f"firmado; clave {clave}" in pagina.texto("historia")

    sin_firma = re.sub(r"(?m)^gpgsig .*\n( .*\n)*", "", casa.git("cat-file", "commit", "HEAD"))
    otro = casa.git("hash-object", "-t", "commit", "-w", "--stdin", entrada=sin_firma.encode())
    casa.git("update-ref", "refs/heads/main", otro.strip())
    casa.adulterada = True
    pagina = escrita(casa, tmp_path, "PR-FOM-01")
    assert "la firma no vale: la ficha dice que va firmado y la firma no está" in pagina.texto("historia")
    assert pagina.arbol.xpath("//section[@aria-labelledby='historia']//*[@class='dentro mal']")


def test_sin_libreoffice_la_pagina_sale_igual_y_lo_dice(
    el_anio: Casa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "programas").mkdir()
    (tmp_path / "programas" / "git").symlink_to(str(shutil.which("git")))
    monkeypatch.setenv("PATH", str(tmp_path / "programas"))

    salida = el_anio.orden("expediente PR-FOM-03 --pdf -o", str(tmp_path / "e.html"), json=False)

    assert salida.codigo == 0
    assert "Sin PDF: para hacer PDF se necesita LibreOffice" in salida.avisos
    assert "Sin PDF" in (tmp_path / "e.html").read_text("utf-8")


@pytest.mark.libreoffice
def test_con_libreoffice_trae_tambien_el_pdf(el_anio: Casa, tmp_path: Path) -> None:
    archivos = escrita(el_anio, tmp_path, "PR-FOM-03 --pdf --fecha 2024-12-31").archivos()

    assert archivos["PR-FOM-03_v02.pdf"].startswith(b"%PDF-")


@pytest.mark.navegador
def test_la_pagina_es_accesible(el_anio: Casa, tmp_path: Path) -> None:
    """axe-core en Chromium, con todo desplegado y una comparación adentro: ni una falla."""
    crudo = escrita(el_anio, tmp_path, "PR-FOM-03").crudo.replace("<details", "<details open")
    resultado = auditar(crudo, tmp_path)
    assert resultado["fallas"] == []
    assert resultado["revisadas"] > 15

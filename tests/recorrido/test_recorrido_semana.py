"""La semana en que un servicio adopta el sistema: solo control documental escribe órdenes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from archivador import PLANILLA, importar, llenar
from carpetas_conectadas import Conectada
from casa import DOMINIO, Casa, texto_de

PLAZO = "El plazo de respuesta baja a cinco días."
CORREGIDO = "El plazo de respuesta es de cinco días hábiles, contados desde la recepción."


class Semana:
    """Lo que hace cada quien; las órdenes las da siempre la misma persona."""

    def __init__(self, casa: Casa) -> None:
        self.casa = casa
        self.manos: Conectada | None = None

    @property
    def carpetas(self) -> Conectada:
        assert self.manos is not None
        return self.manos

    def orden(self, linea: str, *mas: str) -> Any:
        """Control documental, en su consola."""
        return self.casa.hace(linea, *mas, de="cdoc")

    def por(self, cargo: str, linea: str, *mas: str) -> Any:
        """Control documental anota lo que otra persona hizo, con su respaldo."""
        return self.orden(f"--como {cargo}@{DOMINIO} {linea}", *mas)

    def en_word(self, archivo: Path, de: str, a: str) -> None:
        """Alguien abre un Word, cambia un párrafo y lo guarda en el mismo lugar."""
        documento = docx.Document(str(archivo))
        next(p for p in documento.paragraphs if de in p.text).text = a
        documento.save(str(archivo))

    def dia(self, fecha: str) -> None:
        self.casa.reloj.dia(fecha)


@pytest.fixture
def semana(casa: Casa) -> Semana:
    return Semana(casa)


def test_la_semana(semana: Semana, carpeta: Path, tmp_path: Path) -> None:
    lunes(semana, carpeta)
    martes(semana)
    miercoles(semana)
    jueves(semana)
    viernes(semana, tmp_path)


def lunes(s: Semana, carpeta: Path) -> None:
    """Cincuenta archivos desordenados entran desde la planilla que `importar --simular` propuso."""
    s.dia("2025-03-10")
    llenar(carpeta.parent / PLANILLA)
    cuenta = importar(s.casa, carpeta)
    assert cuenta.total() >= 50
    assert importar(s.casa, carpeta)["ya_estaba"] == cuenta["importada"]
    estados = s.orden("estado")
    assert {f["version"] for f in estados if f["codigo"] == "PR-FOM-02"} == {"03"}
    assert s.casa.estados("PR-FOM-02", "01-01-2021") == {"02": "vigente"}
    # Lo que los documentos traen de antes es su línea base: se ve, y no impide trabajar.
    todas = s.casa.orden("comprobar PR-FOM-02").valor
    alertas = [a for a in todas if a["ambito"] == "forma"]
    assert alertas
    assert all(a["linea_base"] for a in alertas)


def martes(s: Semana) -> None:
    """Un cambio menor: el borrador llega a la carpeta de quien elabora, y lo que guarda vuelve solo."""
    s.dia("2025-03-11")
    s.manos = Conectada(s.casa)
    s.orden("nueva-version PR-FOM-02 --menor --motivo 'Baja el plazo'")
    assert "puesto" in s.carpetas.sucesos()
    s.en_word(s.carpetas.copia("PR-FOM-02_v03.1.docx"), "dentro de diez días", PLAZO)
    assert "recibido" in s.carpetas.sucesos()
    assert s.carpetas.ultimo("PR-FOM-02")["origen"] == "declarado"
    s.por("cr1", "enviar PR-FOM-02")
    s.por("egt", "aprobar PR-FOM-02 --adjunto", s.casa.adjunto("conforme.pdf"))
    s.orden("emitir PR-FOM-02")
    assert s.casa.estados("PR-FOM-02") == {"03.1": "vigente"}
    vigente = s.casa.ruta("documentos/FOM/PR-FOM-02/PR-FOM-02_v03.1.docx")
    assert "Versión: 03.1 Fecha: 11-03-2025" in texto_de(vigente)


def miercoles(s: Semana) -> None:
    """Otro documento vuelve del revisor con comentarios en Word; quien elabora contesta en su propio archivo."""
    s.dia("2025-03-12")
    s.orden("nueva-version PR-FOM-01 --motivo 'Mejoras acordadas'")
    s.carpetas.sucesos()
    copia = s.carpetas.copia("PR-FOM-01_v02.docx")
    s.carpetas.escribir(copia, PLAZO)
    assert "recibido" in s.carpetas.sucesos()
    s.por("cr1", "enviar PR-FOM-01")
    enviado = s.casa.ruta("documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v02.docx")
    revisado = s.casa.raiz.parent / "PR-FOM-01 revisado.docx"
    documento = docx.Document(str(enviado))
    parrafo = next(p for p in documento.paragraphs if PLAZO in p.text)
    documento.add_comment(parrafo.runs, text="¿Días hábiles o corridos?", author="Revisora", initials="R")
    documento.save(str(revisado))
    devuelto = s.por("egt", "devolver PR-FOM-01 --archivo", str(revisado))
    assert devuelto[0]["estado"] == "borrador"
    s.carpetas.sucesos()
    comentada = s.carpetas.copia("PR-FOM-01_v02 (con observaciones).docx")
    [comentario] = docx.Document(str(comentada)).comments
    assert "¿Días hábiles o corridos?" in comentario.text
    s.en_word(copia, PLAZO, CORREGIDO)
    assert "recibido" in s.carpetas.sucesos()


def jueves(s: Semana) -> None:
    """Se envía con la respuesta; la Directora está ausente y aprueba quien la subroga, por resolución."""
    s.dia("2025-03-13")
    [observacion] = [o["id"] for h in s.orden("historial PR-FOM-01") for o in h.get("seguimiento", ())]
    s.por("cr1", f"enviar PR-FOM-01 --respuesta '{observacion}: Se precisó que son hábiles'")
    s.por("egt", "revisar PR-FOM-01 --adjunto", s.casa.adjunto("conforme.pdf"))
    s.orden("subrogar dn --por sdn --desde 2025-03-13 --hasta 2025-03-20 --base 'Res. Ex. N° 45'")
    resolucion = s.casa.adjunto("resolucion-77.pdf")
    s.por("sdn", "aprobar PR-FOM-01 --resolucion 77 --fecha-oficio 2025-03-13 --adjunto", resolucion)


def viernes(s: Semana, tmp_path: Path) -> None:
    """Se pone en vigencia; las listas están al día y la historia entera es correcta."""
    s.dia("2025-03-14")
    s.orden("emitir PR-FOM-01")
    vigente = s.casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v02.docx")
    dice = texto_de(vigente)
    assert CORREGIDO in dice
    assert "Resolución Exenta N° 77 del 13-03-2025" in dice
    assert "(S), Res. Ex. N° 45" in dice
    assert {"PR-FOM-01,", "PR-FOM-02,"} <= {
        linea[:10] for linea in s.casa.lista("lista_maestra/FOM.csv").replace(";", ",").splitlines()
    }
    assert s.orden("listas --formato xlsx -o", str(tmp_path / "listas"))["archivos"]
    assert s.carpetas.sucesos() is not None
    assert s.casa.verificar()["ok"]
    registran = {
        h["registra"] for codigo in ("PR-FOM-01", "PR-FOM-02") for h in s.orden(f"historial {codigo}")
    }
    assert f"cdoc@{DOMINIO}" in registran

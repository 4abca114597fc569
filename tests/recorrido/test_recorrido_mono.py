"""Un mono frente al teclado: órdenes al azar, legales o no, sobre varios documentos y muchos días.

Ninguna se cae, ninguna negada cambia algo, y al final la cadena entera se verifica.
"""

from __future__ import annotations

import json
import os
import random
import re
from datetime import timedelta

import pytest
from casa import ACTA, DOMINIO, PROCEDIMIENTO, Casa, leer_en_voz_alta

SEMILLAS = int(os.environ.get("SGC_MONOS", "2"))
ORDENES = 50
CARGOS = ("cdoc", "cr1", "cr5", "egt", "dn", "sdn", "ecal", "jplan", "aud")
MOTIVO = "--motivo 'Porque sí'"


class Mono:
    """Elige la orden, quién la da y con qué la acompaña."""

    def __init__(self, casa: Casa, semilla: int) -> None:
        self.casa = casa
        self.azar = random.Random(semilla)  # noqa: S311 - repetible
        self.codigos = ["PR-FOM-01"]
        self.vez = 0

    def una_orden(self) -> None:
        self.vez += 1
        self.casa.reloj.hora += timedelta(hours=self.azar.choice((0, 1, 5, 30, 200)))
        linea, mas, de = self.elegir()
        antes = self.casa.foto()
        refs = antes.pop("refs")
        salida = self.casa.orden(linea, *mas, de=de)
        if salida.codigo == 0:
            self.anotar_nuevos(salida.valor)
            return
        assert salida.codigo in (1, 2), (linea, salida)
        leer_en_voz_alta(salida.valor["error"])
        despues = self.casa.foto()
        if despues.pop("refs") == refs:  # si comenzó a regir algo que tenía fecha, eso sí cambió
            assert despues == antes, linea

    def anotar_nuevos(self, valor: object) -> None:
        if isinstance(valor, dict) and re.fullmatch(r"[A-Z]{2}-\w+-\d\d", str(valor.get("codigo", ""))):
            self.codigos = list(dict.fromkeys([*self.codigos, str(valor["codigo"])]))

    def elegir(self) -> tuple[str, list[str], str]:
        suerte = self.azar.random()
        if suerte < 0.10:
            return self.del_servicio()
        if suerte < 0.16 and len(self.codigos) < 5:
            return self.crear()
        varios = self.azar.sample(self.codigos, min(len(self.codigos), self.azar.choice((1, 1, 1, 2))))
        acto = (
            self.acto_probable(varios[0])
            if self.azar.random() < 0.85
            else self.azar.choice(list(self.actos()))
        )
        linea, mas, de = self.actos()[acto]
        de = de if self.azar.random() < 0.95 else self.azar.choice(CARGOS)
        cuales = " ".join(
            varios
            if acto not in ("generar", "entregar", "nueva-version", "nueva-version --menor")
            else varios[:1]
        )
        como = (
            f"--como {de}@{DOMINIO} " if acto in ("aprobar", "revisar") and self.azar.random() < 0.3 else ""
        )
        if como:
            mas, de = ["--adjunto", self.adjunto()], "cdoc"
        return f"{como}{acto} {cuales} {linea}", mas, de

    def acto_probable(self, codigo: str) -> str:
        filas = json.loads(self.casa.orden(f"estado {codigo}").texto)
        posibles = sorted({a for f in filas for a in f["posibles"]} - {"dejar-sin-efecto"})
        if "entregar" in posibles and self.azar.random() < 0.5:
            self.editar(codigo)
        return self.azar.choice(posibles) if posibles else "estado"

    def editar(self, codigo: str) -> None:
        if any(self.casa.raiz.glob(f"documentos/*/{codigo}/borrador/*.docx")):
            self.casa.editar(codigo, f"Frase {self.vez} de la prueba.")

    def actos(self) -> dict[str, tuple[str, list[str], str]]:
        hoy = self.casa.reloj.hora.date()
        futura = hoy + timedelta(days=self.azar.choice((1, 3, 20)))
        return {
            "estado": ("", [], "cdoc"),
            "nueva-version": (MOTIVO, [], "cdoc"),
            "nueva-version --menor": (MOTIVO, [], "cdoc"),
            "generar": (self.azar.choice(("", "--descartar-edicion")), [], "cr1"),
            "entregar": ("", [], "cr1"),
            "enviar": ("", [], "cr1"),
            "retirar": ("", [], "cr1"),
            "devolver": ("--texto 'Falta algo' --seccion 2", [], self.azar.choice(("egt", "dn"))),
            "revisar": ("", [], "egt"),
            "aprobar": (
                self.azar.choice(("", "--resolucion 12 --adjunto")),
                [],
                self.azar.choice(("dn", "dn", "cr5")),
            ),
            "reabrir": (MOTIVO, [], "cdoc"),
            "emitir": (self.azar.choice(("", "", f"--vigente-desde {futura}")), [], "cdoc"),
            "mantener": (self.azar.choice(("", MOTIVO)), [], "cr5"),
            "dejar-sin-efecto": (MOTIVO, [], "dn"),
            "descartar": (MOTIVO, [], "cr1"),
        }

    def crear(self) -> tuple[str, list[str], str]:
        area = self.azar.choice(("FOM", "ATC", "SGC"))
        datos = self.casa.adjunto("p.yaml", PROCEDIMIENTO.encode())
        linea = (
            f"crear procedimiento --titulo 'Documento {self.vez}' --area {area} --elabora cr1 --revisa egt"
        )
        return f"{linea} --responsable cr5 --datos", [datos], "cdoc"

    def adjunto(self) -> str:
        return self.casa.adjunto(f"respaldo {self.vez}.pdf", ACTA + b"%d" % self.vez)

    def del_servicio(self) -> tuple[str, list[str], str]:
        hoy = self.casa.reloj.hora.date()
        return self.azar.choice(
            (
                (f"registrar RG-GT-04 --fecha {hoy}", [self.adjunto()], "cdoc"),
                (f"registrar RG-GT-05 --fecha {hoy} --region 16 --ubicacion Bodega", [], "cdoc"),
                ("externo verificar EX-01", [], "cdoc"),
                (
                    f"subrogar dn --por sdn --desde {hoy} --hasta {hoy + timedelta(days=5)} --base 'Ley 18.834'",
                    [],
                    "cdoc",
                ),
                ("configurar", [*self.configurar()], "cdoc"),
            )
        )

    def configurar(self) -> tuple[str, str]:
        archivo = self.casa.ruta("sgc.yaml")
        texto = archivo.read_text("utf-8")
        nuevo = re.sub(r"^    FOR: .*", f"    FOR: Formación {self.vez}", texto, flags=re.MULTILINE)
        archivo.write_text(nuevo, "utf-8")
        return "--motivo", f"Cambio {self.vez}"


@pytest.mark.lento
@pytest.mark.parametrize("semilla", range(SEMILLAS))
def test_el_mono(casa: Casa, semilla: int) -> None:
    mono = Mono(casa, semilla)
    for _ in range(ORDENES):
        mono.una_orden()
    casa.git("checkout", "-q", "--", "sgc.yaml")
    informe = casa.verificar()
    assert informe["ok"], informe["alertas"]
    casa.adulterada = True  # recién verificada
    assert informe["revisado"] > ORDENES // 4
    exigir_carpetas(casa)


def exigir_carpetas(casa: Casa) -> None:
    """Cada carpeta tiene a lo más una vigente, una por regir y un borrador; y son las que `estado` dice."""
    vivas: dict[str, dict[str, str]] = {}
    for fila in casa.hace("estado"):
        vivas.setdefault(fila["codigo"], {})[fila["estado"]] = fila["version"]
    for ficha in casa.raiz.glob("documentos/*/*/ficha.json"):
        codigo, estados = ficha.parent.name, vivas.get(ficha.parent.name, {})
        vigente, emitida = estados.get("vigente"), estados.get("emitido")
        abierta = next((v for e, v in estados.items() if e not in ("vigente", "emitido")), None)
        for lugar, version in (("", vigente), ("por_regir", emitida), ("borrador", abierta)):
            hallados = sorted(a.name for a in (ficha.parent / lugar).glob("*.docx"))
            assert hallados == ([f"{codigo}_v{version}.docx"] if version else []), (codigo, lugar, estados)

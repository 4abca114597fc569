"""A qué llega el año de la demostración: todo requisito respondido, y por hacer solo lo que su historia deja."""

from __future__ import annotations

from datetime import date

import pytest
from casa import EJEMPLO, Casa
from test_recorrido_hallazgos import exigir, hallados, mirar

AL_CIERRE = {
    # Magallanes tenía la versión 01 en papel: cambió en mayo, y su copia no ha vuelto.
    "N-01": ["la copia N° 4 (papel) de PR-FOM-03 versión 01"],
    # Doce de las dieciséis regiones firmaron que conocen la versión nueva.
    "N-20": ["PR-FOM-03 versión 02 no consta el conocimiento de 4 de 16 destinatarios"],
    # Ñuble firmó en diciembre lo comprometido para agosto, y nadie lo ha rendido; el Plan aún lo da por negociar.
    "N-31": ["RG-GT-03/2024/001#3, «Firmar el acuerdo con formato, contenido y periodicidad»"],
    "N-33": ["PL-GT-01: el acuerdo con Ñuble está «en negociación»"],
}
"""Lo que un auditor anotaría el 31-12-2024, y por qué."""


@pytest.mark.lento
def test_el_anio_llega_entero_y_deja_por_hacer_lo_que_su_historia_dice(demo: Casa) -> None:
    demo.reloj.dia("2024-12-31")
    with demo.nada_cambia():
        filas = demo.hace("matriz --periodo 2024 --fecha 31-12-2024")
        assert {f["requisito"]: f["falta"] for f in filas if f["falta"]} == {}
        exigir(hallados(mirar(demo.raiz, date(2024, 12, 31))), AL_CIERRE)
        debe = [(p["que"], p["documento"], p["cargo"]) for p in demo.hace("pendientes") if p["vencido"]]
        assert debe == [
            ("retirar-copia", "PR-FOM-03", "cdoc"),
            *[("tomar-conocimiento", "PR-FOM-03", f"dr-{region}") for region in ("10", "12", "14", "16")],
            ("compromiso", "RG-GT-03/2024/001#3", "dr-16"),
        ]
        # El año siguiente no tiene Plan visado: no puede haber una actividad hecha.
        demo.reloj.dia("2025-03-10")
        evidencia = str(EJEMPLO / "datos/evidencia_actividad.yaml")
        crea = "crear evidencia_actividad --titulo 'Ruta 1' --periodo 2025 --datos"
        negada = demo.negada(crea, evidencia, dice="antes de que el Plan y el Programa estén visados")
        assert "N-28" in negada["esperado"]

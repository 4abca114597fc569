def resolucion_docx(datos):
    raise NotImplementedError
